// SPDX-License-Identifier: Apache-2.0
// The facets beside a view: how many of what the filter finds have each value. A click puts the value into the filter or takes it out.
import type { Api, Count, FacetName, Facets, Unit, Values } from './api';
import { quadColour } from './chart';
import { has, join, parse, toggle } from './expression';
import { number, quadName, word } from './format';
import { h } from './ui';
import type { Ctx } from './views';

interface Group { readonly name: FacetName; readonly title: string; readonly field: string; readonly few: number }

const GROUPS: readonly Group[] = [
    { name: 'quad', title: 'Class', field: 'quad', few: 5 },
    { name: 'type', title: 'Type', field: 'type', few: 8 },
    { name: 'status', title: 'Status', field: 'status', few: 8 },
    { name: 'country', title: 'Takes part', field: 'actor', few: 8 },
    { name: 'dyad', title: 'Who to whom', field: 'dyad', few: 6 },
    { name: 'sector', title: 'Sector', field: 'sector', few: 6 },
    { name: 'publisher', title: 'Publisher', field: 'publisher', few: 6 },
    { name: 'place_country', title: 'Place', field: 'place', few: 6 },
];
// Of these an event has one value, so a second one chosen is an alternative: the counts of the group are those without its own term.
const ONE = ['quad', 'type', 'status', 'publisher'];

/** Facets of the filter. Groups that hold a term of it show what their other values would give. */
export async function askFacets(api: Api, q: string, unit: Unit, signal: AbortSignal): Promise<Facets> {
    const terms = parse(q);
    const chosen = ONE.filter((field) => terms.some((t) => !t.not && t.field === field));
    const [all, ...without] = await Promise.all([api.facets({ q, unit }, signal),
        ...chosen.map((field) => api.facets({ q: join(terms.filter((t) => t.not || t.field !== field)), unit }, signal))]);
    chosen.forEach((field, i) => { all![field as FacetName] = without[i]![field as FacetName]; });
    return all!;
}

const KEPT = 'chancery-facets';

export class FacetPanel {
    readonly root = h('aside', { class: 'facets no-print', 'aria-label': 'Facets' });
    private readonly groups = h('div', { class: 'facets-groups', id: 'facets-groups' });
    private readonly foldButton: HTMLButtonElement;
    private readonly open = new Set<string>();
    folded: boolean;
    private last: Facets | null = null;

    private values: Values | null = null;

    constructor(private readonly ctx: Ctx, private readonly onfold: (folded: boolean) => void) {
        let kept: string | null = null;
        try {
            kept = localStorage.getItem(KEPT);
        } catch { /* storage is switched off */ }
        this.folded = kept ? kept === 'folded' : innerWidth < 960;
        this.foldButton = h('button', { type: 'button', class: 'quiet facets-fold', 'aria-controls': 'facets-groups', onclick: () => this.fold(!this.folded, true) });
        this.root.append(this.foldButton, this.groups);
        this.fold(this.folded, false);
        void ctx.values.then((values) => {
            this.values = values;
            if (this.last) this.show(this.last);
        });
    }

    show(facets: Facets): void {
        this.last = facets;
        if (this.folded) return;
        const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.facet : undefined;
        this.groups.replaceChildren(...GROUPS.filter((g) => facets[g.name].length > 0).map((g) => this.group(g, facets[g.name])));
        if (focused) this.groups.querySelector<HTMLElement>(`[data-facet="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }

    private fold(folded: boolean, keep: boolean): void {
        this.folded = folded;
        if (keep) {
            try {
                localStorage.setItem(KEPT, folded ? 'folded' : 'open');
            } catch { /* storage is switched off */ }
        }
        this.foldButton.textContent = folded ? 'Show facets' : 'Hide facets';
        this.foldButton.setAttribute('aria-expanded', String(!folded));
        this.groups.hidden = folded;
        this.onfold(folded);
        if (!folded && this.last) this.show(this.last);
    }

    private group(group: Group, counts: readonly Count[]): HTMLElement {
        const most = Math.max(1, ...counts.map((c) => c.n));
        const q = this.ctx.state.q;
        const open = this.open.has(group.name);
        const on = counts.filter((c) => has(q, group.field, c.value));
        const rows = open ? counts : [...new Set([...counts.slice(0, group.few), ...on])];
        const more = counts.length > group.few && h('button', {
            type: 'button', class: 'quiet facet-more', 'aria-expanded': String(open), 'data-facet': `${group.name} more`,
            onclick: () => {
                if (open) this.open.delete(group.name);
                else this.open.add(group.name);
                if (this.last) this.show(this.last);
            },
        }, open ? 'Fewer' : `${counts.length - group.few} more`);
        return h('section', { class: 'facet', 'data-group': group.name }, h('h3', {}, group.title), h('ul', {}, rows.map((c) => this.row(group, c, most))), more);
    }

    private label(group: FacetName, value: string, name: string): string {
        const country = (code: string): string => this.values?.countries.find((c) => c.code === code)?.name ?? code;
        switch (group) {
        case 'type': return word(value);
        case 'quad': return quadName(Number(value));
        case 'country': case 'place_country': return country(value).replace(/^\p{Ll}/u, (c) => c.toUpperCase());
        case 'dyad': return /^[A-Z]{3}>[A-Z]{3}$/.test(value) ? value.split('>').map(country).join(' → ') : name || value;
        default: return name || value;
        }
    }

    private row(group: Group, { value, name, n }: Count, most: number): HTMLElement {
        const q = this.ctx.state.q;
        const label = this.label(group.name, value, name);
        const definition = group.name === 'type' ? this.values?.types.find((t) => t.name === value)?.definition
            : group.name === 'status' ? this.values?.statuses.find((t) => t.name === value)?.definition
                : group.name === 'sector' ? this.values?.sectors.find((t) => t.name === value)?.definition : undefined;
        const colour = group.name === 'quad' ? quadColour(Number(value))
            : group.name === 'type' ? quadColour(this.values?.types.find((t) => t.name === value)?.quad ?? 0) : null;
        return h('li', { class: 'facet-row' },
            h('button', {
                type: 'button', class: 'facet-on', 'aria-pressed': String(has(q, group.field, value)), title: definition ?? label, 'data-facet': `${group.name} ${value}`,
                'aria-keyshortcuts': '-',
                onclick: () => this.ctx.setState({ q: toggle(this.ctx.state.q, group.field, value) }),
                onkeydown: (e: KeyboardEvent) => { if (e.key === '-') this.ctx.setState({ q: toggle(this.ctx.state.q, group.field, value, true) }); },
            },
            colour && h('span', { class: 'swatch', style: { background: colour } }), h('span', { class: 'facet-name' }, label), h('span', { class: 'facet-n' }, number(n)),
            h('span', { class: 'facet-bar', style: { width: `${100 * n / most}%`, ...(colour ? { background: colour } : {}) } })),
            h('button', {
                type: 'button', class: 'facet-not', 'aria-label': `Leave out ${label}`, title: 'Leave it out (key -)', tabindex: -1,
                onclick: () => this.ctx.setState({ q: toggle(this.ctx.state.q, group.field, value, true) }),
            }, 'not'));
    }
}
