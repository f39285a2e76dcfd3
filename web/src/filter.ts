// SPDX-License-Identifier: Apache-2.0
// The filter bar: the expression as chips, a field that suggests terms, the days, how much is found.
import './filter.css';
import { ApiError, type Facets, type Values } from './api';
import { closeIcon } from './chart';
import { type Term, join, parse, quote, setTerms, valueOf } from './expression';
import { count, quadName, word } from './format';
import { type Suggestion, suggest } from './suggest';
import { h, icon } from './ui';
import type { Ctx } from './views';

const DAY = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

export class FilterBar {
    readonly root: HTMLElement;
    private readonly chips = h('ul', { class: 'filter-chips', 'aria-label': 'Terms of the filter' });
    private readonly input: HTMLInputElement;
    private readonly options = h('ul', { class: 'filter-options', id: 'filter-options', role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
    private readonly error = h('p', { class: 'filter-error', id: 'filter-error', role: 'alert', hidden: true });
    private readonly total = h('output', { class: 'filter-total', 'aria-live': 'polite' });
    private readonly clear: HTMLButtonElement;
    private readonly from: HTMLInputElement;
    private readonly to: HTMLInputElement;
    private readonly names = new Map<string, string>(); // of actors, by id
    private readonly asked = new Set<string>();
    private values: Values | null = null;
    private wrongTerm: string | null = null;
    private wrongDay = false; // what the message says is of a day that was typed
    private drawn: string | null = null; // the expression that the days are of
    private suggestions: Suggestion[] = [];
    private active = -1;
    private asking: AbortController | null = null;

    constructor(private readonly ctx: Ctx) {
        this.input = h('input', {
            class: 'filter-input', id: 'filter', type: 'text', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', role: 'combobox', enterkeyhint: 'search',
            'aria-expanded': 'false', 'aria-controls': 'filter-options', 'aria-autocomplete': 'list', 'aria-label': 'Filter: an actor, a type, words of the text …',
            placeholder: 'Filter by actor, type, place, words …',
            oninput: () => void this.suggest(), onclick: () => void this.suggest(), onkeydown: (e: KeyboardEvent) => this.key(e),
        });
        this.input.addEventListener('blur', () => setTimeout(() => {
            if (!this.root.contains(document.activeElement) || document.activeElement !== this.input) this.fold();
        }, 120));
        const dayField = (name: 'from' | 'to', label: string): HTMLInputElement => h('input', {
            class: 'filter-day numeric', type: 'text', inputmode: 'numeric', autocomplete: 'off', 'aria-label': label, maxlength: 10,
            onchange: () => this.day(name), onkeydown: (e: KeyboardEvent) => { if (e.key === 'Enter') this.day(name); },
        });
        this.from = dayField('from', 'From: year, month or day');
        this.to = dayField('to', 'To: year, month or day');
        this.from.placeholder = 'from';
        this.to.placeholder = 'to';
        this.from.title = this.to.title = '2022, 2022-10 or 2022-10-26';
        this.clear = h('button', { type: 'button', class: 'quiet filter-clear', onclick: () => { ctx.setState({ q: '' }); this.input.focus(); } }, 'Clear');
        const field = h('div', { class: 'filter-field', onclick: (e: MouseEvent) => { if (e.target === field || e.target === this.chips) this.input.focus(); } },
            icon('M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM10.4 10.4l3.4 3.4'), this.chips, this.input, this.clear, this.options);
        this.root = h('form', { class: 'filter', role: 'search', 'aria-label': 'Filter', onsubmit: (e: Event) => e.preventDefault() },
            h('div', { class: 'filter-row' }, field, h('div', { class: 'filter-days' }, this.from, h('span', { 'aria-hidden': 'true' }, '–'), this.to), this.total), this.error);
        void ctx.values.then((values) => {
            this.values = values;
            this.drawChips();
        });
        this.show();
    }

    /** Draws the state. What is being typed into the days stays while the expression does. */
    show(): void {
        const { q } = this.ctx.state;
        if (q !== this.drawn) {
            this.drawn = q;
            for (const [name, field] of [['from', this.from], ['to', this.to]] as const) {
                field.value = valueOf(q, name) ?? '';
                field.removeAttribute('aria-invalid');
            }
            if (this.wrongDay) this.say(null);
        }
        this.drawChips();
    }

    private drawChips(): void {
        const terms = parse(this.ctx.state.q);
        // Days that the two fields show need no chip.
        const shown = (t: Term): boolean => !t.not && (t.field === 'from' || t.field === 'to') && t.values.length === 1 && DAY.test(t.values[0]!) &&
            terms.filter((o) => o.field === t.field).length === 1;
        this.chips.replaceChildren(...terms.flatMap((t, i) => (shown(t) ? [] : [this.chip(t, i, terms)])));
        this.clear.hidden = terms.length === 0;
        this.input.placeholder = this.chips.childElementCount > 0 ? '' : 'Filter by actor, type, place, words …';
        for (const t of terms) if (['actor', 'source', 'target', 'voice', 'denier'].includes(t.field)) for (const v of t.values) this.nameOf(v);
    }

    /** How much the filter finds, or what is wrong with it. */
    found(answer: Facets | unknown, unit: string): void {
        const failure = answer instanceof Error ? answer : null;
        this.wrongTerm = failure instanceof ApiError && failure.status === 400 ? failure.term ?? '' : null;
        if (this.wrongTerm !== null) {
            this.say(this.wrongTerm, failure!.message);
            this.input.setAttribute('aria-describedby', 'filter-error');
            this.input.setAttribute('aria-invalid', 'true');
        } else {
            if (!this.wrongDay) this.say(null);
            this.input.removeAttribute('aria-describedby');
            this.input.removeAttribute('aria-invalid');
        }
        this.total.textContent = failure ? '' : count((answer as Facets).total, unit === 'events' ? 'telling' : 'incident');
        this.drawChips();
    }

    /** What is wrong, and with which term; nothing of null. */
    private say(term: string | null, message = '', ofDay = false): void {
        this.wrongDay = ofDay;
        this.error.hidden = term === null;
        this.error.replaceChildren(term ? h('code', {}, term) : '', term ? ' — ' : '', message);
    }

    focus(): void {
        this.input.focus();
        void this.suggest();
    }

    private chip(term: Term, at: number, terms: readonly Term[]): HTMLElement {
        const words = term.values.map((v) => this.wording(term.field, v)).join(', ');
        const bad = this.wrongTerm !== null && term.raw === this.wrongTerm;
        const without = (): string => join(terms.filter((_, i) => i !== at));
        return h('li', { class: `chip${bad ? ' chip-bad' : ''}${term.not ? ' chip-not' : ''}`, 'data-term': term.raw },
            h('button', {
                type: 'button', class: 'chip-text', title: `${term.raw}: change it`,
                onclick: () => {
                    this.ctx.setState({ q: without() });
                    this.input.value = term.raw;
                    this.input.focus();
                    void this.suggest();
                },
            }, term.not && h('span', { class: 'chip-no' }, 'not '), term.field && h('span', { class: 'chip-field' }, `${term.field} `), words || '…'),
            h('button', {
                type: 'button', class: 'chip-off', 'aria-label': `Remove ${term.raw}`,
                onclick: () => {
                    this.ctx.setState({ q: without() });
                    this.input.focus();
                },
            }, closeIcon()));
    }

    private wording(field: string, value: string): string {
        switch (field) {
        case 'type': return word(value);
        case 'quad': return quadName(Number(value)).toLowerCase();
        case 'actor': case 'source': case 'target': case 'place': case 'voice': case 'denier':
            return this.names.get(value) ?? this.values?.countries.find((c) => c.code === value)?.name ?? value;
        default: return value;
        }
    }

    /** An id in the address says no name: it is asked for once. */
    private nameOf(id: string): void {
        if (!/^[A-Z]{3}\./.test(id) || this.asked.has(id)) return;
        this.asked.add(id);
        this.ctx.api.actors({ prefix: id, limit: 1 }).then(({ rows }) => {
            if (rows[0]?.id !== id) return;
            this.names.set(id, rows[0].name);
            this.drawChips();
        }, () => undefined);
    }

    private day(name: 'from' | 'to'): void {
        const field = this[name];
        const value = field.value.trim();
        const bad = value !== '' && !DAY.test(value);
        field.setAttribute('aria-invalid', String(bad));
        if (bad) this.say(`${name}:${value}`, 'a day is written 2022-10-26, a month 2022-10, a year 2022', true);
        else if (this.wrongDay) this.say(null);
        if (!bad && value !== (valueOf(this.ctx.state.q, name) ?? '')) this.ctx.setState({ q: setTerms(this.ctx.state.q, { [name]: value || null }) });
    }

    private key(event: KeyboardEvent): void {
        const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.key === 'ArrowDown' && this.options.hidden) void this.suggest();
        if (move && this.suggestions.length > 0) {
            event.preventDefault();
            const n = this.suggestions.length;
            this.mark(this.active < 0 ? (move > 0 ? 0 : n - 1) : (this.active + move + n) % n);
        } else if (event.key === 'Enter') {
            event.preventDefault();
            if (this.active >= 0) this.take(this.suggestions[this.active]!);
            else if (this.input.value.trim()) this.put(this.input.value.trim());
        } else if (event.key === 'Tab' && !event.shiftKey && this.active >= 0) {
            event.preventDefault();
            this.take(this.suggestions[this.active]!);
        } else if (event.key === 'Escape' && !this.options.hidden) {
            event.preventDefault();
            this.fold();
        } else if (event.key === 'Backspace' && this.input.value === '') {
            const terms = parse(this.ctx.state.q);
            const last = [...this.chips.children].at(-1)?.getAttribute('data-term');
            const at = terms.findLastIndex((t) => t.raw === last);
            if (at < 0) return;
            event.preventDefault();
            this.ctx.setState({ q: join(terms.filter((_, i) => i !== at)) });
            this.input.value = terms[at]!.raw;
        }
    }

    private take(suggestion: Suggestion): void {
        const id = /:([A-Z]{3}\.\S+)$/.exec(suggestion.term)?.[1];
        if (id) this.names.set(id, suggestion.name);
        if (suggestion.term.endsWith(':')) {
            this.input.value = suggestion.term;
            this.input.focus();
            void this.suggest();
        } else this.put(suggestion.term);
    }

    private put(text: string): void {
        this.input.value = '';
        this.fold();
        // A day replaces the day that was there.
        const [only, more] = parse(text);
        const q = this.ctx.state.q;
        const day = only && !more && !only.not && (only.field === 'from' || only.field === 'to');
        // An odd quotation mark would take in what follows.
        const whole = (text.match(/"/g)?.length ?? 0) % 2 === 1 ? quote(text) : text;
        this.ctx.setState({ q: day ? setTerms(q, { [only.field]: only.values[0] ?? '' }) : `${q} ${whole}` });
    }

    private async suggest(): Promise<void> {
        this.asking?.abort();
        const mine = this.asking = new AbortController();
        const typed = this.input.value;
        const last = parse(typed).pop();
        if (typed !== '' && /\s$/.test(typed) && (typed.match(/"/g)?.length ?? 0) % 2 === 0) return this.fold();
        try {
            const list = await suggest(this.ctx.api, this.values ?? await this.ctx.values, last?.raw ?? '', mine.signal);
            if (this.asking !== mine || document.activeElement !== this.input) return;
            const before = last ? typed.slice(0, typed.length - last.raw.length) : '';
            this.suggestions = before ? list.map((o) => ({ ...o, term: before + o.term })) : list;
        } catch {
            return;
        }
        this.options.replaceChildren(...this.suggestions.map((o, i) => h('li', {
            role: 'option', id: `filter-option-${i}`, 'aria-selected': 'false',
            onpointerdown: (e: Event) => e.preventDefault(), onclick: () => this.take(o),
        }, h('span', { class: 'option-name' }, o.name), h('span', { class: 'option-detail' }, o.detail))));
        this.options.hidden = this.suggestions.length === 0;
        this.input.setAttribute('aria-expanded', String(!this.options.hidden));
        this.mark(-1);
    }

    private mark(at: number): void {
        this.options.children[this.active]?.setAttribute('aria-selected', 'false');
        this.active = at;
        const option = this.options.children[at];
        option?.setAttribute('aria-selected', 'true');
        option?.scrollIntoView({ block: 'nearest' });
        if (option) this.input.setAttribute('aria-activedescendant', option.id);
        else this.input.removeAttribute('aria-activedescendant');
    }

    private fold(): void {
        this.asking?.abort();
        this.options.hidden = true;
        this.suggestions = [];
        this.mark(-1);
        this.input.setAttribute('aria-expanded', 'false');
    }
}
