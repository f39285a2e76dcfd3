// SPDX-License-Identifier: Apache-2.0
// A person's word on an event as it was coded: right, wrong, or what it should be.
import './verdict.css';
import { ApiError, type EventFull, type Verdict } from './api';
import { QUADS, word } from './format';
import { h } from './ui';
import type { Ctx } from './views';

const STATUSES = ['reported', 'claimed', 'admitted', 'denied', 'disputed', 'planned', 'possible', 'negated'];
const JUDGE = 'chancery-judge'; // in the browser's memory: the name that verdicts are given under

function said(v: Verdict): string {
    const changes = Object.entries(v.changes).map(([field, is]) => `${field.replace('_', ' ')}: ${String(is)}`).join(', ');
    return [v.verdict === 'changed' ? `should be ${changes}` : `is ${v.verdict}`, v.judge && `says ${v.judge}`, v.note && `“${v.note}”`, !v.current && 'about an earlier coding'].filter(Boolean).join(', ');
}

export function verdicts(e: EventFull, ctx: Ctx): HTMLElement {
    const list = h('ul', { class: 'verdict-list' }, e.verdicts.map((v) => h('li', {}, said(v))));
    const root = h('div', { class: 'verdict' }, list);
    const { token, writable } = ctx.about;
    if (!writable || !token) return root;
    const row = e.row;
    const out = h('p', { class: 'verdict-out', role: 'status' });
    const judge = h('input', { class: 'field', name: 'judge', maxlength: 100, autocomplete: 'name', value: localStorage.getItem(JUDGE) ?? '' });
    const note = h('input', { class: 'field', name: 'note', maxlength: 2000 });
    const type = h('select', { class: 'field', name: 'type' }, h('option', { value: row.type }, word(row.type)));
    void ctx.values.then((v) => type.replaceChildren(...v.types.map((t) =>
        h('option', { value: t.name, selected: t.name === row.type, title: t.definition }, `${word(t.name)} (${QUADS[t.quad]?.toLowerCase() ?? ''})`))));
    const status = h('select', { class: 'field', name: 'status' }, STATUSES.map((x) => h('option', { value: x, selected: x === row.status }, x)));
    const text = (name: string, was: string): HTMLInputElement => h('input', { class: 'field', name, maxlength: 500, value: was });
    const countries = (side: readonly { country: string }[]): string => side.map((a) => a.country).join('; ');
    const fields = {
        type, status,
        date_begin: h('input', { class: 'field', type: 'date', name: 'date_begin', value: row.date?.begin ?? '' }), date_end: h('input', { class: 'field', type: 'date', name: 'date_end', value: row.date?.end ?? '' }),
        source: text('source', row.source.map((a) => a.name).join('; ')), source_country: text('source_country', countries(row.source)),
        target: text('target', row.target.map((a) => a.name).join('; ')), target_country: text('target_country', countries(row.target)),
    };
    const was: Record<string, string> = Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.value]));
    was['type'] = row.type;

    const send = async (verdict: Verdict['verdict'], changes: Record<string, string> = {}): Promise<void> => {
        out.textContent = '';
        localStorage.setItem(JUDGE, judge.value.trim());
        try {
            const kept = await ctx.api.judge({ event: row.id, verdict, changes, note: note.value.trim(), judge: judge.value.trim() }, token);
            e.verdicts = [kept, ...e.verdicts.filter((v) => v.judge !== kept.judge)];
            list.replaceChildren(...e.verdicts.map((v) => h('li', {}, said(v))));
            form.hidden = true;
            out.textContent = 'Kept. The engine’s row stays as it is.';
        } catch (error) {
            out.textContent = error instanceof ApiError ? error.message : String(error);
        }
    };
    const label = (what: string, field: HTMLElement): HTMLElement => h('label', {}, h('span', {}, what), field);
    const form = h('form', { class: 'verdict-form', hidden: true, onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        const changes: Record<string, string> = {};
        for (const [name, f] of Object.entries(fields)) if (f.value.trim() !== was[name]) changes[name] = f.value.trim();
        if (Object.keys(changes).length) void send('changed', changes);
        else out.textContent = 'Nothing is different yet: change what should be otherwise.';
    } },
    label('Type', fields.type), label('Status', fields.status), label('First day', fields.date_begin), label('Last day', fields.date_end),
    label('Who', fields.source), label('its countries', fields.source_country), label('To whom', fields.target), label('its countries', fields.target_country),
    label('Note', note), label('Your name', judge), h('p', {}, h('button', { class: 'button button-strong' }, 'Keep')));
    const change = h('button', { type: 'button', class: 'button', 'aria-expanded': 'false', onclick: () => {
        form.hidden = !form.hidden;
        change.setAttribute('aria-expanded', String(!form.hidden));
        if (!form.hidden) fields.type.focus();
    } }, 'It should be …');
    root.append(h('div', { class: 'verdict-bar', role: 'group', 'aria-label': 'Your verdict on this row' },
        h('button', { type: 'button', class: 'button', onclick: () => void send('right') }, 'Right'),
        h('button', { type: 'button', class: 'button', onclick: () => void send('wrong') }, 'Wrong'), change), form, out);
    return root;
}
