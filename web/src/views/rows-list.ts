// SPDX-License-Identifier: Apache-2.0
// The rows behind a mark of a chart, beside it: incidents or their tellings, newest first, each with its words.
import type { EventRow, IncidentRow, Unit } from '../api';
import { count, days } from '../format';
import { Pager } from '../list';
import { contestedTag, evidence, pair, statusTag, typeMark } from '../rows';
import { empty, h } from '../ui';
import type { Ctx } from '../views';
import './rows-list.css';

const AT_ONCE = 20;
type Row = EventRow | IncidentRow;
const incident = (row: Row): row is IncidentRow => 'n_dispatches' in row;

/** An incident opens its sheet, a telling its story. */
function item(ctx: Ctx, row: Row): HTMLElement {
    const told = incident(row) ? [row.first.publisher, row.n_dispatches > 1 && count(row.n_dispatches, 'dispatch', 'dispatches')] : [row.publisher];
    return h('li', { class: 'rows-list-item' },
        h('p', { class: 'rows-list-line' }, h('span', { class: 'numeric' }, days(row.date)), row.place && h('span', {}, row.place.name), ...told.filter(Boolean).map((text) => h('span', {}, text as string))),
        h('p', {}, h('a', incident(row) ? { class: 'item-open', href: ctx.href({ incident: row.id }), 'data-row': `incident-${row.id}` }
            : { class: 'item-open', href: ctx.href({ view: 'reader', dispatch: row.dispatch, event: row.id }), 'data-row': `event-${row.id}` }, pair(row))),
        h('p', { class: 'rows-list-kind' }, typeMark(row.type, row.quad, row.mode), row.status !== 'reported' && statusTag(row.status),
            row.contested && row.status !== 'denied' && row.status !== 'disputed' && contestedTag()),
        h('p', { class: 'rows-list-words' }, evidence(row.evidence)));
}

export class RowsList {
    readonly root: HTMLElement;
    private readonly heading = h('h2', { class: 'rows-list-title' });
    private readonly total = h('p', { class: 'rows-list-total' });
    private readonly pager: Pager<Row>;
    private q = '';
    private unit: Unit = 'incidents';
    private asked = '';

    constructor(ctx: Ctx, label: string) {
        const list = h('ol', {});
        this.pager = new Pager<Row>({
            fetch: (cursor, signal) => this.unit === 'events' ? ctx.api.events({ q: this.q, limit: AT_ONCE, cursor }, signal) : ctx.api.incidents({ q: this.q, limit: AT_ONCE, cursor }, signal),
            row: (row) => item(ctx, row), into: list,
            nothing: () => empty('Nothing here'),
            first: (page) => { this.total.textContent = page.rows.length ? `${count(page.total, this.unit === 'events' ? 'telling' : 'incident')}, newest first` : ''; },
        });
        this.root = h('section', { class: 'rows-list', 'aria-label': label }, this.heading, this.total, this.pager.root);
    }

    /** What `q` finds. The same question is not asked twice in a row. */
    show(title: string, q: string, unit: Unit): void {
        this.heading.textContent = title;
        const key = `${unit} ${q}`;
        if (key === this.asked) return;
        [this.asked, this.q, this.unit] = [key, q, unit];
        void this.pager.reload();
    }

    destroy(): void {
        this.pager.stop();
    }
}
