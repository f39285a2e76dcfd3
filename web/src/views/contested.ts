// SPDX-License-Identifier: Apache-2.0
// What somebody says and somebody else denies: a board with the two sides of each matter.
import './contested.css';
import type { ContestedRow, Voice } from '../api';
import { Bytes } from '../bytes';
import { count, day, days, names, number, word } from '../format';
import { Slot, empty, h, type Child } from '../ui';
import type { Ctx, View } from '../views';

function side(title: string, voices: readonly Voice[], independent: number, is: string, ctx: Ctx): HTMLElement {
    return h('div', { class: `contested-side contested-${is}` },
        h('h3', {}, title, h('span', { class: 'contested-n', title: 'independent voices: who says so, and each outlet that vouches for it itself' }, ` ${number(independent)}`)),
        voices.length > 0 ? h('ul', {}, voices.map((v) => h('li', {},
            v.kind === 'actor' && v.id ? h('a', { href: ctx.href({ view: 'actor', id: v.id }) }, v.name) : v.name,
            v.stance === 'admits' && h('span', { class: 'muted' }, ' admits it'), v.stance === 'doubts' && h('span', { class: 'muted' }, ' doubts it'),
            (v.n ?? 1) > 1 && h('span', { class: 'muted' }, ` × ${v.n}`)))) : h('p', { class: 'muted' }, is === 'for' ? 'the paper itself' : 'nobody by name'));
}

function sentence(row: ContestedRow): Child {
    const { text, trigger } = row.incident.evidence;
    const bytes = new Bytes(text);
    return ['“', bytes.slice(0, trigger[0]), h('b', {}, bytes.slice(trigger[0], trigger[1])), bytes.slice(trigger[1], bytes.length), '”'];
}

function card(row: ContestedRow, ctx: Ctx): HTMLElement {
    const i = row.incident;
    const title = h('h2', {}, h('span', { class: `swatch contested-quad-${i.quad}` }), ` ${word(i.type)} `, h('span', { class: 'contested-who' }, names(i.source) || 'somebody', i.target.length > 0 && ` → ${names(i.target)}`));
    return h('article', { class: 'contested-card' },
        h('div', { class: 'contested-what' }, title,
            h('p', { class: 'muted small' }, days(i.date), i.place && ` · ${i.place.name}`, ` · ${count(i.n_dispatches, 'dispatch', 'dispatches')} of ${count(i.n_publishers, 'publisher')}`),
            h('blockquote', {}, sentence(row)),
            h('p', { class: 'small' }, h('a', { href: ctx.href({ view: 'reader', dispatch: i.first.dispatch, event: i.first.event, q: null }) }, 'First report'),
                i.first.publisher && `, ${i.first.publisher}`, i.first.published && `, ${day(i.first.published)}`, ' · ',
                h('a', { href: ctx.href({ view: 'timeline', q: `incident:${i.id}` }) }, 'all tellings'))),
        side('Asserted by', row.asserted_by, row.n_for, 'for', ctx), side(row.since ? `Denied since ${day(row.since)} by` : 'Denied by', row.denied_by, row.n_against, 'against', ctx));
}

export const contested: View = {
    name: 'contested', title: 'Contested', nav: true, filters: true,
    mount(root, ctx) {
        const head = h('p', { class: 'muted contested-head', role: 'status' });
        const slot = new Slot(h('div', { class: 'contested' }));
        root.append(h('h1', { class: 'hidden' }, 'Contested'), head, slot.root);
        const more = h('button', { type: 'button', class: 'button' }, 'More');
        let list = h('div', {});
        const load = (cursor: string | null): void => {
            const ask = (signal: AbortSignal) => ctx.api.contested({ q: ctx.state.q, limit: 20, cursor }, signal);
            if (cursor) {
                more.disabled = true;
                void ask(ctx.signal).then((page) => {
                    const first = card(page.rows[0]!, ctx);
                    list.append(first, ...page.rows.slice(1).map((r) => card(r, ctx)));
                    first.querySelector('a')?.focus();
                    go(page.next);
                }).catch((error: unknown) => { if (!ctx.signal.aborted) ctx.announce(String(error)); }).finally(() => { more.disabled = false; });
                return;
            }
            void slot.load(ask, (page) => {
                head.textContent = page.total ? `${count(page.total, 'incident')} that somebody denies, newest first` : '';
                if (!page.rows.length) {
                    return empty('Nothing is contested here', ctx.state.q ? 'No incident that the filter finds is denied by anybody.' : 'Nobody denies anything in this record.',
                        ctx.state.q && h('a', { class: 'button', href: ctx.href({ q: null }) }, 'Without the filter'));
                }
                list = h('div', { class: 'contested-list' }, page.rows.map((r) => card(r, ctx)));
                const node = h('div', {}, list, h('p', { class: 'contested-more' }, more));
                go(page.next);
                return node;
            });
        };
        const go = (next: string | null): void => {
            more.hidden = next === null;
            more.onclick = () => load(next);
        };
        ctx.subscribe((state, before) => { if (state.q !== before.q) load(null); });
        load(null);
        return () => slot.stop();
    },
};
