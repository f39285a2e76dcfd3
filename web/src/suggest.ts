// SPDX-License-Identifier: Apache-2.0
// What could be meant by what is being typed into the filter bar.
import { type Api, type Values } from './api';
import { FIELDS, quote } from './expression';
import { number, quadName, word } from './format';

export interface Suggestion {
    readonly term: string; // what it puts into the expression; ends with ':' where a value is still to come
    readonly name: string;
    readonly detail: string;
}

const MEANING: Record<(typeof FIELDS)[number], string> = {
    actor: 'takes part on either side', source: 'does it', target: 'it is done to', dyad: 'between two: IRN-UKR, IRN>UKR', sector: 'of those who take part',
    type: 'of act', mode: 'of the type', context: 'what it is about', quad: 'class, 1 to 4', status: 'how sure it is', from: 'this day on: 2022-10',
    to: 'this day: 2022-10-26', place: 'a place or a country', voice: 'says so', denier: 'denies it', publisher: 'of the dispatch', agency: 'whose wire it is',
    text: 'words of the dispatch', contested: 'yes or no', incident: 'number', dispatch: 'number', event: 'key',
};

const begins = (name: string, start: string): boolean => name.split(/[\s-]+/).some((w) => w.toLowerCase().startsWith(start)) || name.toLowerCase().startsWith(start);
const MOST = 4; // of each kind where no field is given

/** `typed` is one term, perhaps not yet whole. */
export async function suggest(api: Api, values: Values, typed: string, signal: AbortSignal): Promise<Suggestion[]> {
    const not = typed.startsWith('-') ? '-' : '';
    const rest = typed.slice(not.length);
    const parted = /^([a-z_]+):(.*)$/su.exec(rest);
    const field = parted ? parted[1]! : '';
    // Of alternatives, the last one is being typed.
    const before = parted ? parted[2]!.slice(0, parted[2]!.lastIndexOf(',') + 1) : '';
    const start = (parted ? parted[2]!.slice(before.length) : rest).replace(/"/g, '').trim().toLowerCase();
    const put = (f: string, value: string, name: string, detail: string): Suggestion => ({ term: `${not}${f}:${f === field ? before : ''}${quote(value)}`, name, detail });
    const most = field ? 12 : MOST;
    if (!field && start === '') return FIELDS.slice(0, 12).map((f) => ({ term: `${not}${f}:`, name: `${f}:`, detail: MEANING[f] }));

    const out: Suggestion[] = [];
    const on = (...fields: string[]): boolean => !field || fields.includes(field);
    const actorFields = ['actor', 'source', 'target', 'voice', 'denier'];
    if (on(...actorFields, 'place')) {
        const f = field || 'actor';
        const countries = values.countries.filter((c) => c.code.toLowerCase() === start || (start !== '' && begins(c.name, start)));
        countries.sort((a, b) => Number(b.code.toLowerCase() === start) - Number(a.code.toLowerCase() === start));
        out.push(...countries.slice(0, field ? most : 3).map((c) => put(f, c.code, c.name, `${f} · ${c.code}`)));
    }
    if (on(...actorFields)) {
        const f = field || 'actor';
        try {
            const { rows } = await api.actors({ prefix: start, limit: field ? 10 : 5 }, signal);
            const known = new Set(out.map((o) => o.term));
            out.push(...rows.filter((r) => r.kind !== 'state').map((r) => put(f, r.id, r.name, `${f} · ${r.kind} · ${number(r.n)}`)).filter((s) => !known.has(s.term)));
        } catch (error) {
            if (signal.aborted) throw error; // else: suggestions without actors
        }
    }
    if (on('type')) out.push(...values.types.filter((t) => t.name.toLowerCase().startsWith(start)).slice(0, field ? 20 : most).map((t) => put('type', t.name, word(t.name), `type · ${quadName(t.quad).toLowerCase()}`)));
    if (on('status')) out.push(...values.statuses.filter((t) => t.name.startsWith(start)).slice(0, most).map((t) => put('status', t.name, t.name, `status · ${t.definition}`)));
    if (on('sector')) out.push(...values.sectors.filter((t) => t.name.toLowerCase().startsWith(start) || (start.length > 2 && t.definition.toLowerCase().includes(start)))
        .slice(0, most).map((t) => put('sector', t.name, t.name, `sector · ${t.definition}`)));
    if (on('mode')) out.push(...values.modes.filter((t) => t.name.startsWith(start)).slice(0, field ? 20 : 2).map((t) => put('mode', t.name, t.name, `mode of ${word(t.type).toLowerCase()}`)));
    if (on('context')) out.push(...values.contexts.filter((t) => t.toLowerCase().startsWith(start)).slice(0, field ? 20 : 2).map((t) => put('context', t, t, 'context')));
    if (field === 'quad') out.push(...[1, 2, 3, 4].map((n) => put('quad', String(n), quadName(n), `quad · ${n}`)));
    if (field === 'contested') out.push(put(field, 'yes', 'yes', 'somebody denies it'), put(field, 'no', 'no', 'nobody denies it'));
    if (!field) {
        if (/^\d{4}(-\d\d){0,2}$/.test(start)) out.unshift(put('from', start, `from ${start}`, 'days'), put('to', start, `to ${start}`, 'days'));
        out.push(...FIELDS.filter((f) => f.startsWith(start)).slice(0, 3).map((f) => ({ term: `${not}${f}:`, name: `${f}:`, detail: MEANING[f] })));
        out.push({ term: not + quote(rest), name: `“${rest.replace(/"/g, '')}”`, detail: 'words of the dispatch' });
    }
    return out;
}
