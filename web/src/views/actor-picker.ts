// SPDX-License-Identifier: Apache-2.0
// A box to look for an actor in: what is typed begins a word of a name, or an id. The pattern is ARIA's combobox with a list.
import { number } from '../format';
import { h } from '../ui';
import type { Ctx } from '../views';
import './actor-picker.css';

export interface Picked { id: string; name: string }
type Row = Awaited<ReturnType<Ctx['api']['actors']>>['rows'][number];

const WAIT = 90; // milliseconds after a key
let made = 0;

/** `chosen` stands in the box until something else is picked; leaving the box without picking brings it back. */
export function actorPicker(ctx: Ctx, label: string, chosen: Picked | null, pick: (id: string) => void): HTMLElement {
    const id = `actor-picker-${++made}`;
    const input = h('input', {
        id, class: 'actor-picker-input', type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', placeholder: 'Country, body or person',
        'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list', value: chosen?.name ?? '',
    });
    const list = h('ul', { id: `${id}-list`, class: 'actor-picker-list', role: 'listbox', 'aria-label': label, hidden: true });
    const box = h('div', { class: 'actor-picker' }, h('label', { for: id, class: 'actor-picker-label' }, label), input, list);
    let rows: Row[] = [];
    let active = -1;
    let timer = 0;
    let asked: AbortController | null = null;

    const close = (): void => {
        clearTimeout(timer);
        asked?.abort();
        list.hidden = true;
        active = -1;
        input.setAttribute('aria-expanded', 'false');
        input.removeAttribute('aria-activedescendant');
    };
    const mark = (to: number): void => {
        active = to;
        [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === to)));
        const option = list.children[to];
        if (option) {
            input.setAttribute('aria-activedescendant', option.id);
            option.scrollIntoView({ block: 'nearest' });
        } else {
            input.removeAttribute('aria-activedescendant');
        }
    };
    const take = (row: Row | undefined): void => {
        if (!row) return;
        input.value = row.name;
        close();
        pick(row.id);
    };
    const show = (found: Row[]): void => {
        rows = found;
        list.replaceChildren(...(found.length ? found.map((row, i) => h('li', {
            id: `${id}-${i}`, role: 'option', class: 'actor-picker-option', 'aria-selected': 'false',
            onpointerdown: (event: PointerEvent) => { event.preventDefault(); take(row); },
        }, h('span', { class: 'actor-picker-name' }, row.name || row.id),
        h('span', { class: 'actor-picker-kind' }, row.kind === 'state' ? row.id : `${row.kind} · ${row.country}`),
        h('span', { class: 'actor-picker-n' }, number(row.n)))) : [h('li', { class: 'actor-picker-none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, 'Nobody of that name')]));
        list.hidden = false;
        input.setAttribute('aria-expanded', 'true');
        mark(found.length && input.value ? 0 : -1);
    };
    const look = (prefix: string): void => {
        asked?.abort();
        const mine = asked = new AbortController();
        ctx.api.actors({ prefix, limit: 12 }, mine.signal).then((answer) => { if (asked === mine && document.activeElement === input) show(answer.rows); }, () => { /* the box stays as it is */ });
    };

    input.addEventListener('focus', () => { input.select(); look(''); });
    input.addEventListener('input', () => {
        clearTimeout(timer);
        timer = window.setTimeout(() => look(input.value.trim()), WAIT);
    });
    input.addEventListener('blur', () => { close(); input.value = chosen?.name ?? ''; });
    input.addEventListener('keydown', (event) => {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            if (list.hidden) look(input.value === chosen?.name ? '' : input.value.trim());
            else if (rows.length) mark((active + (event.key === 'ArrowDown' ? 1 : -1) + rows.length) % rows.length);
        } else if (event.key === 'Enter' && !list.hidden) {
            event.preventDefault();
            take(rows[active]);
        } else if (event.key === 'Escape' && !list.hidden) {
            event.preventDefault();
            close();
            input.value = chosen?.name ?? '';
        }
    });
    return box;
}
