// SPDX-License-Identifier: Apache-2.0
// Who deals with whom in the time that the filter leaves. Parameters: level (country, actor), form (graph, matrix, list), focus (the id of a node),
// top (how many actors), unit.
import type { Network, Quad } from '../api';
import { Figure, keyLine, quadColour, type Rows } from '../chart';
import { quote } from '../expression';
import { count, number, quadName, signed } from '../format';
import { Slot, empty, h, s } from '../ui';
import type { Ctx, View } from '../views';
import { placeLabels } from './labels';
import { DRAWN, type Node, type Pair, balanceClass, balanceOf, layout, pairsOf } from './network-layout';
import './network.css';
import { PeriodStrip } from './period-strip';

type Level = 'country' | 'actor';
type Form = 'graph' | 'matrix' | 'list';
const TOPS = [20, 40, 80, 150] as const;
const NARROW = 560; // pixels: below, the list comes first, since names would not find room in a graph
const MATRIX = 40; // actors of a matrix

interface Wish { level: Level; form: Form; focus: string; top: number; unit: 'incidents' | 'events'; q: string }

function wishOf({ state }: Ctx): Wish {
    const { p, q } = state;
    const small = window.innerWidth < NARROW;
    return {
        level: p.level === 'actor' ? 'actor' : 'country', form: p.form === 'graph' || p.form === 'matrix' || p.form === 'list' ? p.form : small ? 'list' : 'graph',
        focus: p.focus ?? '', top: TOPS.find((n) => String(n) === p.top) ?? (small ? 20 : 40), unit: p.unit === 'events' ? 'events' : 'incidents', q,
    };
}

const isLarge = ({ r }: { r: number }): boolean => r > 14;
const suffix = (balance: number): string => String(balanceClass(balance)).replace('-', 'm');
const mood = (balance: number): string => ['nearly all conflict', 'more conflict than cooperation', 'as much conflict as cooperation', 'more cooperation than conflict', 'nearly all cooperation'][balanceClass(balance) + 2]!;

/** Shares of the quad classes, deeds of cooperation at the left and of conflict at the right. */
function share(quad: Quad): SVGSVGElement {
    const total = Math.max(1, quad[0] + quad[1] + quad[2] + quad[3]);
    const bar = s('svg', { class: 'network-share', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    let x = 0;
    for (const k of [1, 0, 2, 3] as const) {
        const width = (100 * quad[k]) / total;
        bar.append(s('rect', { x, width, height: 10 }));
        x += width;
    }
    return bar;
}

export const network: View = {
    name: 'network', title: 'Network', nav: true, filters: true,
    mount(root, ctx) {
        const page = new NetworkPage(ctx);
        root.append(page.root);
        ctx.subscribe(() => page.update());
        page.update();
        return () => page.destroy();
    },
};

class NetworkPage {
    readonly root = h('div', { class: 'network' });
    private readonly bar = h('div', { class: 'view-controls no-print' });
    private readonly slot = new Slot(h('div', {}));
    private readonly side = h('section', { class: 'network-side', 'aria-label': 'The actor that is chosen' });
    private readonly note = h('p', { class: 'view-sub' });
    private readonly figure: Figure;
    private readonly strip: PeriodStrip;
    private wish: Wish;
    private data: Network | null = null;
    private asked = '';
    private drawn: { key: string; nodes: Node[]; pairs: Pair[] } | null = null;

    constructor(private readonly ctx: Ctx) {
        this.wish = wishOf(ctx);
        this.figure = new Figure({
            name: 'network', label: 'Who deals with whom', keep: true,
            height: (width) => Math.round(Math.max(380, Math.min(width * 0.68, 680))),
            draw: (svg, width, height) => this.draw(svg, width, height),
            rows: () => this.rows(),
        });
        this.figure.svg.setAttribute('role', 'group');
        this.figure.head.append(scaleKey());
        this.strip = new PeriodStrip(ctx, () => '');
        this.root.append(h('header', { class: 'view-head' }, h('div', {}, h('h1', {}, 'Who deals with whom'), this.note), this.bar), h('div', { class: 'network-body' }, h('div', {}, this.slot.root, this.strip.root), this.side));
    }

    destroy(): void {
        this.figure.destroy();
        this.strip.destroy();
        this.slot.stop();
    }

    update(): void {
        const wish = this.wish = wishOf(this.ctx);
        this.controls();
        this.strip.update();
        const key = JSON.stringify([wish.q, wish.level, wish.top, wish.unit]);
        if (key === this.asked) {
            if (this.data) this.show();
            return;
        }
        this.asked = key;
        void this.slot.load((signal) => Promise.all([this.ctx.api.network({ q: wish.q, level: wish.level, nodes: wish.top, unit: wish.unit }, signal), this.ctx.values]), ([data, { countries }]) => {
            this.data = { ...data, nodes: titled(data.nodes, new Map(countries.map(({ code, name }) => [code, name]))) };
            this.drawn = null;
            this.show();
        });
    }

    private show(): void {
        const data = this.data!;
        const { form, level, q } = this.wish;
        const [one, many] = level === 'country' ? ['country', 'countries'] : ['actor', 'actors'];
        this.note.textContent = data.nodes.length === 0 ? '' : data.omitted > 0 ? `The ${data.nodes.length} busiest of ${count(data.nodes.length + data.omitted, one!, many)}` : count(data.nodes.length, one!, many);
        this.side.hidden = data.nodes.length === 0;
        if (data.nodes.length === 0) {
            this.slot.root.replaceChildren(empty('Nobody here', q ? 'Nothing that the filter lets through has an actor.' : 'The record has no event with an actor.',
                q && h('a', { class: 'button', href: this.ctx.href({ q: null }) }, 'Without the filter')));
            return;
        }
        if (form === 'graph') {
            if (this.figure.root.parentNode !== this.slot.root) this.slot.root.replaceChildren(this.figure.root);
            this.figure.redraw();
        } else this.slot.root.replaceChildren(form === 'matrix' ? this.matrix(data) : this.list(data));
        this.panel();
    }

    private controls(): void {
        const { level, form, top, unit } = this.wish;
        const held = this.bar.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.keep : undefined;
        const choice = <T extends string>(label: string, now: T, options: readonly (readonly [T, string])[], patch: (to: T) => Record<string, string | null>) =>
            h('div', { class: 'choice', role: 'group', 'aria-label': label }, options.map(([value, text]) => h('button', {
                type: 'button', 'data-keep': value, 'aria-pressed': String(value === now), onclick: () => this.ctx.setState(patch(value)),
            }, text)));
        this.bar.replaceChildren(
            choice('Who is taken for one', level, [['country', 'Countries'], ['actor', 'Actors']], (to) => ({ level: to === 'country' ? null : to, focus: null })),
            choice('Form', form, [['graph', 'Graph'], ['matrix', 'Matrix'], ['list', 'List']], (to) => ({ form: to })),
            choice('What is counted', unit, [['incidents', 'Incidents'], ['events', 'Tellings']], (to) => ({ unit: to === 'incidents' ? null : to })),
            h('label', {}, h('span', { class: 'hidden' }, 'How many at most'), h('select', { class: 'field', 'data-keep': 'top', onchange: (event: Event) => this.ctx.setState({ top: (event.target as HTMLSelectElement).value }) },
                TOPS.map((n) => h('option', { value: n, selected: n === top }, `top ${n}`)))));
        if (held) this.bar.querySelector<HTMLElement>(`[data-keep="${held}"]`)?.focus();
    }

    private choose(id: string): void {
        this.ctx.setState({ focus: id === this.wish.focus ? null : id }, 'replace');
    }

    private relate(pair: Pair): void {
        this.ctx.setState({ view: 'relation', a: pair.a.id, b: pair.b.id });
    }

    private draw(svg: SVGSVGElement, width: number, height: number): void {
        if (!this.data) return;
        const key = `${width} ${height}`;
        if (this.drawn?.key !== key) this.drawn = { key, ...layout(this.data, width, height) };
        const { nodes, pairs } = this.drawn;
        svg.setAttribute('role', 'group');
        svg.setAttribute('aria-label', `Network of ${nodes.length} actors. Tab goes from one to the next, Enter chooses; List has the same as a table.`);
        const most = Math.max(1, ...pairs.map((pair) => pair.n));
        const links = s('g', { class: 'network-links' });
        const arrows = s('g', { class: 'network-arrows' });
        for (const pair of pairs.slice(0, DRAWN * nodes.length).reverse()) {
            const line = s('line', {
                class: `network-link network-bal-${suffix(pair.balance)}`, x1: pair.a.x.toFixed(1), y1: pair.a.y.toFixed(1), x2: pair.b.x.toFixed(1), y2: pair.b.y.toFixed(1),
                'stroke-width': thickness(pair.n, most).toFixed(2), 'stroke-opacity': (0.22 + 0.6 * Math.sqrt(pair.n / most)).toFixed(2), 'data-a': pair.a.id, 'data-b': pair.b.id,
            });
            line.addEventListener('pointerenter', (event) => this.tipPair(pair, event));
            line.addEventListener('pointermove', (event) => this.tipPair(pair, event));
            line.addEventListener('pointerleave', () => this.figure.tooltip.hide());
            line.addEventListener('click', () => this.relate(pair));
            links.append(line);
        }
        const dots = s('g', {});
        for (const node of nodes) {
            const g = s('g', {
                class: 'network-node', role: 'button', tabindex: 0, 'data-id': node.id, 'aria-pressed': String(node.id === this.wish.focus), transform: `translate(${node.x.toFixed(1)},${node.y.toFixed(1)})`,
                'aria-label': `${node.name}: ${count(node.n, this.wish.unit === 'events' ? 'telling' : 'incident')}, mean intensity ${signed(node.intensity)}`,
            }, s('circle', { r: Math.max(12, node.r), fill: 'transparent' }), s('circle', { class: 'network-dot', r: node.r.toFixed(1) }));
            const enter = (): void => { this.tipNode(node); this.light(node.id); };
            const leave = (): void => { this.figure.tooltip.hide(); this.light(''); };
            g.addEventListener('pointerenter', enter);
            g.addEventListener('pointerleave', leave);
            g.addEventListener('focus', enter);
            g.addEventListener('blur', leave);
            g.addEventListener('click', () => this.choose(node.id));
            g.addEventListener('keydown', (event) => {
                if (event.key === 'Enter' || event.key === ' ') {
                    event.preventDefault();
                    this.choose(node.id);
                } else if (event.key === 'Escape' && this.wish.focus) this.choose(this.wish.focus);
            });
            dots.append(g);
        }
        const texts = s('g', {});
        for (const { mark, text, x, y, anchor } of placeLabels(nodes, width, height, isLarge, true)) {
            texts.append(s('text', { class: `network-name${isLarge(mark) ? ' network-name-large' : ''}`, x: x.toFixed(1), y: y.toFixed(1), 'text-anchor': anchor, 'data-id': mark.id }, text));
        }
        const focused = (document.activeElement as Element | null)?.closest('.network-node')?.getAttribute('data-id');
        svg.replaceChildren(links, arrows, dots, texts);
        if (focused) [...dots.children].find((g) => g.getAttribute('data-id') === focused && g instanceof SVGElement && (g.focus(), true));
        this.light('');
    }

    /** Shows a node among those it deals with: the rest steps back, and each way of a link is drawn by itself. */
    private light(id: string): void {
        const drawn = this.drawn;
        const shown = drawn?.nodes.some((node) => node.id === (id || this.wish.focus)) ? id || this.wish.focus : '';
        const svg = this.figure.svg;
        const arrows = svg.querySelector('.network-arrows');
        if (!drawn || !arrows) return;
        const near = new Set<string>([shown]);
        const most = Math.max(1, ...drawn.pairs.map((pair) => pair.n));
        const parts: SVGElement[] = [];
        for (const pair of drawn.pairs) {
            if (pair.a.id !== shown && pair.b.id !== shown) continue;
            near.add(pair.a.id).add(pair.b.id);
            if (pair.ab) parts.push(...arrow(pair.a, pair.b, thickness(pair.ab.n, most), balanceOf(pair.ab.quad)));
            if (pair.ba) parts.push(...arrow(pair.b, pair.a, thickness(pair.ba.n, most), balanceOf(pair.ba.quad)));
        }
        arrows.replaceChildren(...parts);
        for (const line of svg.querySelectorAll('.network-link')) line.classList.toggle('network-off', shown !== '');
        for (const g of svg.querySelectorAll('.network-node, .network-name')) g.classList.toggle('network-off', shown !== '' && !near.has(g.getAttribute('data-id') ?? ''));
    }

    private tipNode(node: Node): void {
        this.figure.tooltip.show(node.x + node.r, node.y - node.r, h('b', {}, node.name), `${count(node.n, this.wish.unit === 'events' ? 'telling' : 'incident')}, mean intensity ${signed(node.intensity)}`);
    }

    private tipPair(pair: Pair, event: PointerEvent): void {
        const box = this.figure.svg.getBoundingClientRect();
        this.figure.tooltip.show(event.clientX - box.left, event.clientY - box.top, h('b', {}, `${pair.a.name} – ${pair.b.name}`),
            [1, 0, 2, 3].map((k) => keyLine(quadColour(k + 1), quadName(k + 1), pair.quad[k]!)), h('div', { class: 'muted' }, 'Click: the two over time'));
    }

    private matrix(data: Network): HTMLElement {
        const nodes = data.nodes.slice(0, MATRIX);
        const cells = new Map(data.links.map((link) => [`${link.source}\n${link.target}`, link]));
        const name = (node: Network['nodes'][number]): string => node.name;
        return h('div', { class: 'network-matrix', tabindex: 0, role: 'region', 'aria-label': 'Matrix: who did it in rows, whom it was done to in columns' }, h('table', {},
            h('caption', { class: 'hidden' }, 'Counts of what each did to each; rows did it, columns had it done to them'),
            h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'from ↓ to →'), nodes.map((node) => h('th', { scope: 'col', title: name(node) }, h('span', {}, name(node)))))),
            h('tbody', {}, nodes.map((from) => h('tr', {}, h('th', { scope: 'row', title: name(from) }, h('a', { href: this.ctx.href({ view: 'actor', key: from.id }) }, name(from))), nodes.map((to) => {
                const link = cells.get(`${from.id}\n${to.id}`);
                if (from.id === to.id) return h('td', { class: 'network-self', title: `Within ${name(from)}` }, link && number(link.n));
                return link ? h('td', { class: `network-cell-${suffix(balanceOf(link.quad))}` }, h('a', {
                    href: this.ctx.href({ view: 'relation', a: from.id, b: to.id }), title: `${name(from)} → ${name(to)}: ${mood(balanceOf(link.quad))}`,
                    'aria-label': `${name(from)} to ${name(to)}: ${link.n}, ${mood(balanceOf(link.quad))}`,
                }, number(link.n))) : h('td', {});
            }))))));
    }

    private list(data: Network): HTMLElement {
        const nodes = new Map(data.nodes.map((node) => [node.id, { ...node, r: 0, x: 0, y: 0 }]));
        const { focus } = this.wish;
        const pairs = pairsOf(data, nodes).filter((pair) => !nodes.has(focus) || pair.a.id === focus || pair.b.id === focus).slice(0, 200);
        return h('div', { class: 'network-list' }, h('table', { class: 'table' }, h('caption', { class: 'hidden' }, 'Pairs with most between them'),
            h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Pair'), h('th', { scope: 'col', class: 'number' }, 'Count'), h('th', { scope: 'col' }, 'Shares'), h('th', { scope: 'col', class: 'number' }, 'Intensity'), h('th', { scope: 'col' }, 'Balance'))),
            h('tbody', {}, pairs.map((pair) => h('tr', {}, h('td', {}, h('a', { href: this.ctx.href({ view: 'relation', a: pair.a.id, b: pair.b.id }) }, `${pair.a.name} – ${pair.b.name}`)),
                h('td', { class: 'number' }, number(pair.n)), h('td', {}, share(pair.quad)), h('td', { class: 'number' }, signed(pair.intensity)), h('td', {}, mood(pair.balance)))))));
    }

    private panel(): void {
        const data = this.data!;
        const node = data.nodes.find((one) => one.id === this.wish.focus);
        const unit = this.wish.unit === 'events' ? 'telling' : 'incident';
        if (!node) {
            const top = data.nodes.slice(0, 12);
            this.side.replaceChildren(h('h2', { class: 'network-who' }, 'Most often'), h('p', { class: 'network-facts' }, 'Choose one to see whom it deals with.'),
                h('table', { class: 'table network-partners' }, h('caption', { class: 'hidden' }, 'Actors with most'), h('tbody', {}, top.map((one) => h('tr', {}, h('td', {}, h('button', {
                    type: 'button', class: 'quiet', onclick: () => this.choose(one.id),
                }, one.name)), h('td', { class: 'number' }, number(one.n)), h('td', { class: 'number', title: 'Mean intensity' }, signed(one.intensity)))))));
            return;
        }
        const nodes = new Map(data.nodes.map((one) => [one.id, { ...one, r: 0, x: 0, y: 0 }]));
        const pairs = pairsOf(data, nodes).filter((pair) => pair.a.id === node.id || pair.b.id === node.id);
        this.side.replaceChildren(h('h2', { class: 'network-who' }, node.name), h('p', { class: 'network-facts' }, `${count(node.n, unit)} · mean intensity ${signed(node.intensity)}`),
            h('p', { class: 'network-actions' }, h('a', { class: 'button', href: this.ctx.href({ view: 'actor', key: node.id }) }, 'Its page'),
                h('button', { type: 'button', class: 'button', onclick: () => this.ctx.setState({ q: `${this.ctx.state.q} actor:${quote(node.id)}`.trim(), focus: null }) }, 'Only this one'),
                h('button', { type: 'button', class: 'button', onclick: () => this.choose(node.id) }, 'Let go')),
            pairs.length === 0 ? h('p', { class: 'muted' }, 'Deals with none of those shown.') : h('table', { class: 'table network-partners' }, h('caption', { class: 'hidden' }, `Whom ${node.name} deals with`),
                h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'With'), h('th', { scope: 'col', class: 'number' }, 'Does'), h('th', { scope: 'col', class: 'number' }, 'Is done'), h('th', { scope: 'col' }, 'Shares'))),
                h('tbody', {}, pairs.slice(0, 40).map((pair) => {
                    const first = pair.a.id === node.id;
                    const other = first ? pair.b : pair.a;
                    return h('tr', {}, h('td', {}, h('a', { href: this.ctx.href({ view: 'relation', a: node.id, b: other.id }) }, other.name)),
                        h('td', { class: 'number' }, number((first ? pair.ab : pair.ba)?.n ?? 0)), h('td', { class: 'number' }, number((first ? pair.ba : pair.ab)?.n ?? 0)),
                        h('td', { title: mood(pair.balance) }, share(pair.quad)));
                }))));
    }

    private rows(): Rows {
        const names = new Map((this.data?.nodes ?? []).map((node) => [node.id, node.name]));
        return {
            columns: [{ title: 'From' }, { title: 'From id' }, { title: 'To' }, { title: 'To id' }, { title: 'Count', numeric: true }, ...[1, 2, 3, 4].map((quad) => ({ title: quadName(quad), numeric: true })), { title: 'Mean intensity', numeric: true }],
            rows: (this.data?.links ?? []).map((link) => [names.get(link.source) ?? '', link.source, names.get(link.target) ?? '', link.target, link.n, ...link.quad, Math.round(link.intensity * 100) / 100]),
        };
    }
}

const thickness = (n: number, most: number): number => 0.6 + 9.4 * Math.sqrt(n / most);

/** A bent line with a head, so that the two ways of a pair lie beside one another. */
function arrow(from: Node, to: Node, wide: number, balance: number): SVGElement[] {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const far = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / far, dy / far];
    const bend = Math.min(26, far * 0.12) + wide / 2;
    const [mx, my] = [(from.x + to.x) / 2 - uy * bend, (from.y + to.y) / 2 + ux * bend];
    const head = 5 + wide * 0.9;
    const [tx, ty] = [to.x - mx, to.y - my];
    const long = Math.hypot(tx, ty) || 1;
    const [vx, vy] = [tx / long, ty / long];
    const [ex, ey] = [to.x - vx * (to.r + 1.5), to.y - vy * (to.r + 1.5)];
    const [bx, by] = [ex - vx * head, ey - vy * head];
    const half = 3 + wide * 0.62;
    const kind = suffix(balance);
    return [
        s('path', { class: `network-arrow network-bal-${kind}`, fill: 'none', 'stroke-width': wide.toFixed(1), 'pointer-events': 'none', d: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${bx.toFixed(1)} ${by.toFixed(1)}` }),
        s('path', { class: `network-fill-${kind}`, 'pointer-events': 'none', d: `M${ex.toFixed(1)} ${ey.toFixed(1)}L${(bx - vy * half).toFixed(1)} ${(by + vx * half).toFixed(1)}L${(bx + vy * half).toFixed(1)} ${(by - vx * half).toFixed(1)}z` }),
    ];
}

/** Names that tell actors apart: of a country where the record has but its code, and with the country where a name is common, as "government" is. */
function titled(nodes: Network['nodes'], countries: ReadonlyMap<string, string>): Network['nodes'] {
    const named = nodes.map((node) => (node.name && node.name !== node.id ? node.name : countries.get(node.id) ?? node.id));
    const often = new Map<string, number>();
    for (const name of named) often.set(name, (often.get(name) ?? 0) + 1);
    return nodes.map((node, i) => {
        const name = named[i]!;
        return { ...node, name: node.country && (often.get(name)! > 1 || /^\p{Ll}/u.test(name)) ? `${name} (${node.country})` : name };
    });
}

/** What the colours of links mean. */
function scaleKey(): HTMLElement {
    return h('div', { class: 'network-scale' }, 'conflict', s('svg', { width: 90, height: 10, 'aria-hidden': 'true' }, [-2, -1, 0, 1, 2].map((k, i) => s('rect', { class: `network-fill-${String(k).replace('-', 'm')}`, x: i * 18, width: 17, height: 10 }))), 'cooperation');
}
