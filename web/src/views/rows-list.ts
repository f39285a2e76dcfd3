// SPDX-License-Identifier: Apache-2.0
// The rows behind a mark of a chart, beside it: incidents or their tellings, newest first, each with its words and a way to the story.
import type { ActorRef, EventRow, IncidentRow, Interval, Page } from '../api';
import { Bytes } from '../bytes';
import { quadColour } from '../chart';
import { count, days, quadName, word } from '../format';
import { type Child, Slot, empty, h } from '../ui';
import type { Ctx } from '../views';
import './rows-list.css';

const AT_ONCE = 20;
export type Row = EventRow | IncidentRow;
const told = (row: Row): row is IncidentRow => 'n_dispatches' in row;

function who(ctx: Ctx, actors: readonly ActorRef[]): Child {
    return actors.length === 0 ? 'somebody' : actors.map((a, i) => [i > 0 && ', ', a.id ? h('a', { href: ctx.href({ view: 'actor', id: a.id }) }, a.name || a.id) : a.name || a.country]);
}

function evidence(row: Row): HTMLElement {
    const bytes = new Bytes(row.evidence.text);
    const [begin, end] = row.evidence.trigger;
    return h('p', { class: 'rows-list-words' }, bytes.slice(0, begin), h('b', {}, bytes.slice(begin, end)), bytes.slice(end, bytes.length));
}

export function rowItem(ctx: Ctx, row: Row): HTMLElement {
    const dispatch = told(row) ? row.first.dispatch : row.dispatch;
    const event = told(row) ? row.first.event : row.id;
    const from = told(row) ? row.first : row;
    const more = told(row) && row.n_dispatches > 1 ? ` and ${count(row.n_dispatches - 1, 'other', 'others')}` : '';
    const date: Interval | null = row.date;
    return h('li', { class: 'rows-list-item' },
        h('p', { class: 'rows-list-head' }, h('span', { class: 'swatch', style: { background: quadColour(row.quad) }, role: 'img', 'aria-label': quadName(row.quad) }),
            h('b', {}, word(row.type)), h('span', { class: 'rows-list-date' }, days(date)),
            row.status !== 'reported' && h('span', { class: 'tag' }, row.status), row.contested && h('span', { class: 'tag tag-contested' }, 'contested')),
        h('p', { class: 'rows-list-who' }, who(ctx, row.source), ' → ', row.target.length ? who(ctx, row.target) : '—', row.place && h('span', { class: 'muted' }, ` · ${row.place.name}`)),
        evidence(row),
        h('p', { class: 'rows-list-from' }, h('a', { href: ctx.href({ view: 'reader', dispatch, event }) }, from.title || 'The story'), from.publisher && ` · ${from.publisher}`, more));
}

export class RowsList {
    readonly root: HTMLElement;
    private readonly heading = h('h2', { class: 'rows-list-title' });
    private readonly slot = new Slot(h('div', { class: 'rows-list-slot' }));
    private asked = '';

    constructor(private readonly ctx: Ctx, label: string) {
        this.root = h('section', { class: 'rows-list', 'aria-label': label }, this.heading, this.slot.root);
    }

    /** What `q` finds. The same question is not asked twice in a row. */
    show(title: Child, q: string, unit: 'incidents' | 'events'): void {
        this.heading.replaceChildren(...[title].flat().filter((x) => x !== null && x !== undefined && x !== false).map((x) => (x instanceof Node ? x : document.createTextNode(String(x)))));
        const key = `${unit} ${q}`;
        if (key === this.asked) return;
        this.asked = key;
        const ask = (cursor: string | null, signal?: AbortSignal): Promise<Page<Row>> => unit === 'events' ? this.ctx.api.events({ q, limit: AT_ONCE, cursor }, signal) : this.ctx.api.incidents({ q, limit: AT_ONCE, cursor }, signal);
        void this.slot.load((signal) => ask(null, signal), (page) => {
            if (page.rows.length === 0) return empty('Nothing here', 'No row matches.');
            const list = h('ul', {}, page.rows.map((row) => rowItem(this.ctx, row)));
            let next = page.next;
            const more = h('button', { type: 'button', class: 'button rows-list-more', hidden: next === null, onclick: () => {
                more.disabled = true;
                ask(next, this.ctx.signal).then((further) => {
                    const begin = list.children.length;
                    list.append(...further.rows.map((row) => rowItem(this.ctx, row)));
                    next = further.next;
                    more.hidden = next === null;
                    more.disabled = false;
                    if (more.hidden) (list.children[begin]?.querySelector('a') as HTMLElement | null)?.focus();
                }, () => { more.disabled = false; });
            } }, 'More');
            return h('div', {}, h('p', { class: 'rows-list-total' }, count(page.total, unit === 'events' ? 'telling' : 'incident'), ', newest first'), list, more);
        });
    }

    /** Of a question that did not come to be asked: shows words instead. */
    say(title: string, ...content: Node[]): void {
        this.asked = '';
        this.heading.textContent = title;
        this.slot.put(...content);
    }
}
