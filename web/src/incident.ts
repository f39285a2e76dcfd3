// SPDX-License-Identifier: Apache-2.0
// One incident, on a sheet over any view: /?…&incident=ID. First report, all tellings, who says so, who denies it.
import type { EventRow, Incident } from './api';
import { type Dialog, dialog } from './dialog';
import { count, day, days, number, quadName, signed } from './format';
import { actorList, contestedTag, evidence, statusTag, typeMark, voiceItem } from './rows';
import { h, problem, Slot } from './ui';
import type { Ctx } from './views';

let open: { id: string; dialog: Dialog } | null = null;

/** Shows or closes the sheet as the state says. */
export function followIncident(ctx: Ctx): void {
    const id = ctx.state.p.incident ?? null;
    if (open && open.id === id) return;
    const was = open;
    open = null;
    was?.dialog.close();
    if (id === null) return;
    const box = dialog('Incident', () => {
        if (open?.dialog === box) {
            open = null;
            slot.stop();
            ctx.setState({ incident: null });
        }
    }, () => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(`incident-${id}`)}"]`));
    const slot = new Slot(box.body);
    open = { id, dialog: box };
    const asked = Number(id);
    if (!/^[1-9][0-9]{0,15}$/.test(id) || !Number.isSafeInteger(asked)) {
        slot.put(problem('There is no such incident', `“${id}” is no number of an incident.`));
        return;
    }
    void slot.load((signal) => ctx.api.incident(asked, signal), (incident) => sheet(ctx, incident));
}

function sheet(ctx: Ctx, { row, events, asserted_by, denied_by }: Incident): HTMLElement {
    const first = events.find((e) => e.id === row.first.event) ?? events[0];
    const others = events.filter((e) => e !== first);
    const [a, b] = [row.source[0]?.country, row.target[0]?.country];
    const between = a && b && a !== b && a !== 'UNK' && b !== 'UNK' ? ctx.href({ view: 'relation', a, b, q: '' }) : null;
    return h('article', { class: 'incident' },
        h('p', { class: 'incident-kicker' }, days(row.date), row.place && ` · ${row.place.name}`),
        h('h2', {}, actorList(ctx, row.source, 'Somebody'), h('span', { class: 'pair-arrow', 'aria-label': 'to' }, row.target.length > 0 ? ' → ' : ''),
            row.target.length > 0 && actorList(ctx, row.target)),
        h('p', { class: 'incident-type' }, typeMark(row.type, row.quad, row.mode), h('span', { class: 'muted' }, quadName(row.quad)), statusTag(row.status), row.contested && contestedTag()),
        h('dl', { class: 'figures' },
            figure(row.n_events, 'telling'), figure(row.n_dispatches, 'dispatch', 'dispatches'), figure(row.n_publishers, 'publisher'), figure(row.n_voices, 'independent voice'),
            h('div', {}, h('dt', {}, 'intensity'), h('dd', {}, signed(row.intensity)))),
        first && h('section', {}, h('h3', {}, 'First report'), telling(ctx, first)),
        (asserted_by.length > 0 || denied_by.length > 0) && h('section', { class: 'sides' },
            h('div', {}, h('h3', {}, 'Who says so'), asserted_by.length > 0 ? h('ul', {}, asserted_by.map((v) => voiceItem(ctx, v))) : h('p', { class: 'muted' }, 'Nobody is named.')),
            h('div', {}, h('h3', {}, 'Who denies it'), denied_by.length > 0 ? h('ul', {}, denied_by.map((v) => voiceItem(ctx, v))) : h('p', { class: 'muted' }, 'Nobody.'))),
        others.length > 0 && h('section', {}, h('h3', {}, `${count(others.length, 'other telling')}`), others.map((e) => telling(ctx, e))),
        h('p', { class: 'incident-more' },
            between && h('a', { href: between }, `All between ${row.source[0]!.country} and ${row.target[0]!.country}`),
            h('a', { href: ctx.href({ view: '', q: `incident:${row.id}` }) }, 'Filter by this incident')));
}

const figure = (n: number, one: string, many = `${one}s`): HTMLElement => h('div', {}, h('dt', {}, n === 1 ? one : many), h('dd', {}, number(n)));

function telling(ctx: Ctx, event: EventRow): HTMLElement {
    return h('div', { class: 'telling' },
        h('p', { class: 'telling-head' },
            h('b', {}, event.publisher ?? 'No publisher'), h('span', { class: 'muted' }, event.published ? day(event.published) : 'no date'),
            event.status !== 'reported' && statusTag(event.status)),
        h('blockquote', {}, evidence(event.evidence)),
        h('p', { class: 'telling-foot' }, h('a', { href: ctx.href({ view: 'reader', dispatch: event.dispatch, event: event.id }) }, event.title ? `Read “${event.title}”` : 'Read it in the text')));
}
