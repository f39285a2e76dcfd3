// SPDX-License-Identifier: Apache-2.0
// Full-text search of stories: /?view=search&text=WORDS, within the filter.
import './search.css';
import type { DispatchRow } from '../api';
import { count, days } from '../format';
import { Pager } from '../list';
import { empty, h, icon } from '../ui';
import type { Ctx, View } from '../views';

export const search: View = {
    name: 'search', title: 'Search', nav: true, filters: true,
    mount(root, ctx) {
        let typing = 0;
        const go = (how: 'push' | 'replace'): void => {
            clearTimeout(typing);
            ctx.setState({ text: input.value.trim() }, how);
        };
        const input = h('input', {
            class: 'search-input', type: 'search', 'aria-label': 'Words in the stories', placeholder: 'Words, or "a phrase"', maxlength: 500, value: ctx.state.p.text ?? '', autocomplete: 'off',
            oninput: () => {
                clearTimeout(typing);
                typing = setTimeout(() => go('replace'), 200);
            },
        });
        const form = h('form', { class: 'search-form', role: 'search', 'aria-label': 'Stories', onsubmit: (e: Event) => { e.preventDefault(); go('push'); } },
            icon('M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM10.4 10.4l3.4 3.4'), input, h('button', { type: 'submit', class: 'button button-strong' }, 'Search'));
        const found = h('p', { class: 'search-found muted', role: 'status' });
        const list = h('ol', { class: 'items search-list', 'aria-label': 'Stories' });
        const pager = new Pager<DispatchRow>({
            fetch: (cursor, signal) => ctx.api.dispatches({ text: ctx.state.p.text ?? '', q: ctx.state.q, cursor, limit: 30 }, signal),
            row: (row) => item(ctx, row), into: list,
            first: (page) => {
                const text = ctx.state.p.text;
                found.textContent = page.total === 0 ? '' : `${count(page.total, 'story', 'stories')}${text ? ` with ${text}, best first` : ', newest first'}${ctx.state.q ? ', with an event that fits the filter' : ''}`;
            },
            nothing: () => {
                found.textContent = '';
                if (ctx.about.n_dispatches === 0) return empty('The record is empty', ['Put news into it with ', h('code', {}, `chancery add ${ctx.about.record} FILE…`), '.']);
                return empty('No story found', ctx.state.q ? 'No story has these words and an event that fits the filter.' : 'No story has all of these words. A phrase goes in quotation marks.',
                    ctx.state.q && h('button', { type: 'button', class: 'button', onclick: () => ctx.setState({ q: '' }) }, 'Clear the filter'));
            },
        });
        root.append(h('header', { class: 'view-head' }, h('h1', {}, 'Search the stories')), form, found, pager.root);

        let asked: string | null = null;
        const draw = (): void => {
            const text = ctx.state.p.text ?? '';
            if (document.activeElement !== input || input.value.trim() !== text) input.value = document.activeElement === input && input.value.trim() === text ? input.value : text;
            const key = JSON.stringify([text, ctx.state.q]);
            if (key === asked) return;
            asked = key;
            if (text) ctx.setTitle(`${text} · Search`);
            void pager.reload();
        };
        ctx.subscribe(draw);
        draw();
        return () => {
            clearTimeout(typing);
            pager.stop();
        };
    },
};

function item(ctx: Ctx, row: DispatchRow): HTMLElement {
    const about = [row.publisher, ...row.agency.filter((a) => a !== row.publisher)].filter(Boolean).join(', ');
    const begin = row.snippet.map((s) => s.text).join('').trim();
    return h('li', { class: 'item search-item' },
        h('div', { class: `item-date numeric${row.published ? '' : ' muted'}` }, days(row.published)),
        h('div', { class: 'item-main' },
            h('h2', { class: 'search-title' }, h('a', { class: 'item-open', href: ctx.href({ view: 'reader', dispatch: row.id }), 'data-row': `dispatch-${row.id}` },
                row.title ?? (begin ? `${begin.slice(0, 70)}…` : 'Without a title'))),
            h('p', { class: 'search-snippet' }, row.snippet.map((s) => (s.hit ? h('mark', {}, s.text) : s.text)))),
        h('div', { class: 'item-side' }, about && h('p', {}, about), h('p', { class: 'item-told' }, row.n_events > 0 ? count(row.n_events, 'event') : 'no event', row.n_copies > 0 && `, ${count(row.n_copies, 'copy', 'copies')}`)));
}
