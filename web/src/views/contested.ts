// SPDX-License-Identifier: Apache-2.0
// What somebody says and somebody else denies: a board with the two sides of each matter.
import './contested.css';
import type { ContestedRow, Voice } from '../api';
import { count, day, days, number } from '../format';
import { Pager } from '../list';
import { actorList, evidence, statusTag, typeMark, voiceItem } from '../rows';
import { empty, h } from '../ui';
import type { Ctx, View } from '../views';

function side(title: string, voices: readonly Voice[], independent: number, is: 'for' | 'against', ctx: Ctx): HTMLElement {
    return h('div', { class: `contested-side contested-${is}` },
        h('h3', {}, title, h('span', { class: 'contested-n', title: 'independent voices: who says so, and each outlet that vouches for it itself' }, ` ${number(independent)}`)),
        voices.length > 0 ? h('ul', {}, voices.map((v) => voiceItem(ctx, v))) : h('p', { class: 'muted' }, 'nobody by name'));
}

function card(row: ContestedRow, ctx: Ctx): HTMLElement {
    const i = row.incident;
    return h('li', { class: 'contested-card' },
        h('div', { class: 'contested-what' },
            h('h2', {}, actorList(ctx, i.source, 'Somebody'), i.target.length > 0 && [h('span', { class: 'pair-arrow', 'aria-label': 'to' }, ' → '), actorList(ctx, i.target)]),
            h('p', { class: 'contested-type' }, typeMark(i.type, i.quad, i.mode), statusTag(i.status),
                h('span', { class: 'muted small' }, days(i.date), i.place && ` · ${i.place.name}`, ` · ${count(i.n_dispatches, 'dispatch', 'dispatches')}${i.n_publishers > 1 ? ` of ${number(i.n_publishers)} publishers` : ''}`)),
            h('blockquote', {}, evidence(i.evidence)),
            h('p', { class: 'small' }, h('a', { href: ctx.href({ view: 'reader', dispatch: i.first.dispatch, event: i.first.event }) }, 'First report'),
                i.first.publisher && `, ${i.first.publisher}`, i.first.published && `, ${day(i.first.published)}`, ' · ',
                h('a', { href: ctx.href({ incident: i.id }), 'data-row': `incident-${i.id}` }, 'all tellings'))),
        side('Asserted by', row.asserted_by, row.n_for, 'for', ctx), side(row.since ? `Denied since ${day(row.since)} by` : 'Denied by', row.denied_by, row.n_against, 'against', ctx));
}

export const contested: View = {
    name: 'contested', title: 'Contested', nav: true, filters: true,
    mount(root, ctx) {
        const head = h('p', { class: 'muted contested-head', role: 'status' });
        const pager = new Pager<ContestedRow>({
            fetch: (cursor, signal) => ctx.api.contested({ q: ctx.state.q, limit: 20, cursor }, signal), row: (row) => card(row, ctx), into: h('ol', { class: 'contested-list' }),
            nothing: () => empty('Nothing is contested here', ctx.state.q ? 'No incident that the filter finds is denied by anybody.' : 'Nobody denies anything in this record.',
                ctx.state.q && h('a', { class: 'button', href: ctx.href({ q: null }) }, 'Without the filter')),
            first: (page) => { head.textContent = page.total ? `${count(page.total, 'incident')} that somebody denies, newest first` : ''; },
        });
        root.append(h('h1', {}, 'Contested'), head, pager.root);
        ctx.subscribe((state, before) => { if (state.q !== before.q) void pager.reload(); });
        void pager.reload();
        return () => pager.stop();
    },
};
