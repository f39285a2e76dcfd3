// SPDX-License-Identifier: Apache-2.0
// Where it happened. Parameters: at (longitude, latitude, zoom of the middle of the map), place (the number of a place that is chosen), unit.
import type { GeoProjection } from 'd3-geo';
import { select } from 'd3-selection';
import { arc, pie } from 'd3-shape';
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import type { Places, Quad } from '../api';
import { Figure, keyLine, quadColour, type Rows } from '../chart';
import { has, quote } from '../expression';
import { count, number, percent, quadName } from '../format';
import { Slot, empty, h, s } from '../ui';
import type { Ctx, View } from '../views';
import { placeLabels } from './labels';
import { type Cluster, type Place, type Spot, clusters, mostOf, radius } from './map-cluster';
import { type Atlas, type Extent, loadAtlas, outlines, projectionFor } from './map-ground';
import './map.css';
import { RowsList } from './rows-list';

const DEEPEST = 60; // zoom
const NEAR = 4; // zoom from which only a part of the world is drawn
const NARROW = 520; // pixels: below, the map is as high as its frame rather than as wide, and circles are smaller
const PIE = 6; // radius from which a circle shows its shares
const NAMED = 24; // places of a cluster that go into an expression

interface Wish { q: string; unit: 'incidents' | 'events'; place: number; at: [number, number, number] | null }

function wishOf({ state }: Ctx): Wish {
    const { p, q } = state;
    const at = (p.at ?? '').split(',').map(Number);
    const good = at.length === 3 && at.every(Number.isFinite) && Math.abs(at[0]!) <= 180 && Math.abs(at[1]!) <= 90 && at[2]! >= 0.3 && at[2]! <= DEEPEST;
    return { q, unit: p.unit === 'events' ? 'events' : 'incidents', place: Number(p.place) || 0, at: good ? at as [number, number, number] : null };
}

export const map: View = {
    name: 'map', title: 'Map', nav: true, filters: true,
    mount(root, ctx) {
        const page = new MapPage(ctx);
        root.append(page.root);
        ctx.subscribe(() => page.update());
        page.update();
        return () => page.destroy();
    },
};

const slices = pie<[number, number]>().value(([, n]) => n).sort(null);
/** Shares as slices from the top: deeds and words of cooperation to the right, words and deeds of conflict to the left. */
function shares(quad: readonly number[], r: number): SVGPathElement[] {
    const data = ([2, 1, 3, 4] as const).map((k): [number, number] => [k, quad[k - 1]!]).filter(([, n]) => n > 0);
    const shape = arc<(typeof parts)[number]>().innerRadius(0).outerRadius(r).digits(2);
    const parts = slices(data);
    return parts.map((part) => s('path', { class: `map-q${part.data[0]}`, d: shape(part) ?? '' }));
}
const dominant = (quad: readonly number[]): number => quad.reduce((best, n, i) => (n > (quad[best - 1] ?? 0) ? i + 1 : best), 0);

class MapPage {
    readonly root = h('div', { class: 'map' });
    private readonly slot = new Slot(h('div', {}));
    private readonly figure: Figure;
    private readonly side = h('section', { class: 'map-side', 'aria-label': 'The place that is chosen' });
    private readonly head = h('div', {});
    private readonly list: RowsList;
    private readonly sub = h('p', { class: 'view-sub' });
    private readonly bar = h('div', { class: 'view-controls no-print' });
    private readonly legend = h('div', { class: 'legend', role: 'group', 'aria-label': 'Only this class' });
    private readonly note = h('p', { class: 'map-note' });
    private readonly behaviour: ZoomBehavior<SVGSVGElement, unknown>;
    private wish: Wish;
    private data: Places | null = null;
    private atlas: Atlas | null = null;
    private asked = '';
    private projection: GeoProjection | null = null;
    private frame = { width: 0, height: 0 };
    private transform: ZoomTransform = zoomIdentity;
    private spots: Spot[] = [];
    private most = 1;
    private shown: Cluster[] = [];
    private layers: { ground: SVGGElement; land: SVGPathElement; borders: SVGPathElement; places: SVGGElement; names: SVGGElement; key: SVGGElement } | null = null;
    private fineness = 0;
    private part: Extent | null = null;
    private written = '';
    private placed = false;
    private stale = false; // other data have come since the last drawing

    constructor(private readonly ctx: Ctx) {
        this.wish = wishOf(ctx);
        this.figure = new Figure({
            name: 'map', label: 'Places of what happened', keep: true,
            height: (width) => Math.round(Math.min(Math.max(width * 0.53, 300), 640)),
            draw: (svg, width, height) => this.draw(svg, width, height),
            rows: () => this.rows(),
        });
        this.figure.head.append(this.legend);
        this.list = new RowsList(ctx, 'Rows at the place');
        this.side.append(this.head, this.list.root);
        this.behaviour = zoom<SVGSVGElement, unknown>().scaleExtent([0.5, DEEPEST]).on('zoom', (event: { transform: ZoomTransform }) => this.moved(event.transform))
            .on('end', (event: { sourceEvent: unknown }) => this.settled(event.sourceEvent !== null && event.sourceEvent !== undefined));
        const button = (text: string, label: string, act: () => void) => h('button', { type: 'button', title: label, 'aria-label': label, onclick: act }, text);
        this.figure.plot.append(h('div', { class: 'map-zoom no-print' }, button('+', 'Zoom in', () => this.scale(1.8)), button('−', 'Zoom out', () => this.scale(1 / 1.8)), button('⌂', 'All places', () => this.home())));
        this.root.append(h('header', { class: 'view-head' }, h('div', {}, h('h1', {}, 'Where it happened'), this.sub), this.bar), h('div', { class: 'map-body' }, this.slot.root, this.side));
        this.figure.root.append(this.note);
        const svg = this.figure.svg;
        svg.setAttribute('role', 'group');
        svg.setAttribute('tabindex', '0');
        select<SVGSVGElement, unknown>(svg).call(this.behaviour);
        svg.addEventListener('keydown', (event) => this.key(event));
    }

    destroy(): void {
        this.figure.destroy();
        this.list.destroy();
        this.slot.stop();
    }

    update(): void {
        const wish = this.wish = wishOf(this.ctx);
        this.controls();
        const key = JSON.stringify([wish.q, wish.unit]);
        if (key === this.asked) {
            if (this.data && this.layers) this.follow();
            return;
        }
        this.asked = key;
        void this.slot.load((signal) => Promise.all([this.ctx.api.places({ q: wish.q, unit: wish.unit }, signal), loadAtlas()]), ([data, atlas]) => {
            this.data = data;
            this.atlas = atlas;
            this.side.hidden = data.rows.length === 0;
            this.sub.textContent = '';
            if (data.rows.length === 0) {
                return empty('No place is known', data.total ? `None of ${count(data.total, wish.unit === 'events' ? 'telling' : 'incident')} names a place that was found.` : 'Nothing that the filter lets through.',
                    wish.q && h('a', { class: 'button', href: this.ctx.href({ q: null, place: null }) }, 'Without the filter'));
            }
            if (this.figure.root.parentNode !== this.slot.root) this.slot.root.replaceChildren(this.figure.root);
            this.stale = true;
            this.figure.redraw();
            this.say();
            this.panel();
            return undefined;
        });
    }

    /** The address has changed and the data have not: the place that is chosen, or where one looks. */
    private follow(): void {
        const { at } = this.ctx.state.p;
        if ((at ?? '') !== this.written) this.go();
        this.mark();
        this.panel();
    }

    private controls(): void {
        const { unit, q } = this.wish;
        const held = (document.activeElement as HTMLElement | null)?.dataset?.keep;
        this.bar.replaceChildren(h('div', { class: 'choice', role: 'group', 'aria-label': 'What is counted' }, (['incidents', 'events'] as const).map((x) => h('button', {
            type: 'button', 'data-keep': `map-${x}`, 'aria-pressed': String(x === unit), onclick: () => this.ctx.setState({ unit: x === 'incidents' ? null : x }),
        }, x === 'incidents' ? 'Incidents' : 'Tellings'))));
        this.legend.replaceChildren(...[2, 1, 3, 4].map((quad) => h('button', {
            type: 'button', class: 'legend-key', 'data-keep': `map-quad-${quad}`, 'aria-pressed': String(has(q, 'quad', String(quad))), onclick: () => this.ctx.toggle('quad', String(quad)),
        }, h('span', { class: 'swatch', style: { background: quadColour(quad) } }), quadName(quad))));
        if (held?.startsWith('map-')) this.root.querySelector<HTMLElement>(`[data-keep="${held}"]`)?.focus();
    }

    private draw(svg: SVGSVGElement, width: number, height: number): void {
        const { data, atlas } = this;
        if (!data || !atlas) return;
        if (!this.layers) {
            const land = s('path', { class: 'map-land' });
            const borders = s('path', { class: 'map-borders' });
            this.layers = { ground: s('g', {}, s('path', { class: 'map-sea' }), land, borders), land, borders, places: s('g', {}), names: s('g', { 'aria-hidden': 'true' }), key: s('g', { class: 'map-key', 'aria-hidden': 'true' }) };
            svg.append(this.layers.ground, this.layers.places, this.layers.names, this.layers.key);
        }
        svg.setAttribute('aria-label', 'Map of places. Arrow keys pan, plus and minus zoom, 0 shows all. Tab goes to the places, the arrow keys from one to the next. Table has the same as rows.');
        const resized = width !== this.frame.width || height !== this.frame.height;
        const middle = this.projection && resized && this.placed ? this.middle() : null;
        this.frame = { width, height };
        if (!this.projection || resized) {
            this.projection = projectionFor(width, height);
            this.fineness = 0;
            this.behaviour.translateExtent([[-width * 0.5, -height * 0.5], [width * 1.5, height * 1.5]]);
        }
        if (this.stale || resized) {
            const { projection } = this;
            this.stale = false;
            this.spots = data.rows.flatMap((place) => {
                const at = projection([place.lon, place.lat]);
                return at ? [{ place, x: at[0], y: at[1] }] : [];
            });
            this.most = mostOf(this.spots) * (width < NARROW ? 2 : 1);
        }
        this.sizeKey();
        if (!this.placed) this.go();
        else if (middle) this.look(middle);
        else this.moved(this.transform);
        this.placed = true;
    }

    /** Where the address says, or where the places are. */
    private go(): void {
        this.written = this.ctx.state.p.at ?? '';
        if (this.wish.at) this.look(this.wish.at);
        else this.fit(this.spots);
    }

    private look([lon, lat, k]: [number, number, number]): void {
        const at = this.projection?.([lon, lat]);
        const { width, height } = this.frame;
        if (at) this.to(zoomIdentity.translate(width / 2 - at[0] * k, height / 2 - at[1] * k).scale(k));
    }

    /** All of them with some room around, not nearer than a continent. */
    private fit(spots: readonly { x: number; y: number }[], nearest = 5): void {
        const { width, height } = this.frame;
        if (!spots.length) return this.to(zoomIdentity);
        const xs = spots.map((spot) => spot.x).sort((a, b) => a - b);
        const ys = spots.map((spot) => spot.y).sort((a, b) => a - b);
        const [x0, x1, y0, y1] = [xs[0]!, xs[xs.length - 1]!, ys[0]!, ys[ys.length - 1]!];
        const k = Math.min(nearest, (width - 90) / Math.max(1, x1 - x0), (height - 70) / Math.max(1, y1 - y0));
        if (k < 1.25) return this.to(width < NARROW ? zoomIdentity.translate(width / 2 - xs[xs.length >> 1]!, 0) : zoomIdentity);
        return this.to(zoomIdentity.translate(width / 2 - ((x0 + x1) / 2) * k, height / 2 - ((y0 + y1) / 2) * k).scale(k));
    }

    private to(transform: ZoomTransform): void {
        select<SVGSVGElement, unknown>(this.figure.svg).call(this.behaviour.transform, transform);
    }

    private scale(by: number): void {
        select<SVGSVGElement, unknown>(this.figure.svg).call(this.behaviour.scaleBy, by);
        this.write();
    }

    private home(): void {
        this.ctx.setState({ at: null }, 'replace');
        this.go();
    }

    private middle(): [number, number, number] {
        const { width, height } = this.frame;
        const [lon, lat] = this.projection!.invert!(this.transform.invert([width / 2, height / 2])) ?? [0, 0];
        const clamp = (v: number, most: number): number => Math.max(-most, Math.min(most, Number.isFinite(v) ? v : 0));
        return [clamp(lon, 180), clamp(lat, 90), this.transform.k];
    }

    private moved(transform: ZoomTransform): void {
        this.transform = transform;
        const { layers, atlas, projection } = this;
        if (!layers || !atlas || !projection) return;
        const { x, y, k } = transform;
        // Outlines are made anew where the zoom has passed a power of two, and near to where one has left the part that they are of.
        const { width, height } = this.frame;
        const fine = 2 ** Math.max(0, Math.floor(Math.log2(k)));
        const [left, top, right, bottom] = [-x / k, -y / k, (width - x) / k, (height - y) / k];
        const held = this.part;
        if (fine !== this.fineness || (held && (left < held[0][0] || top < held[0][1] || right > held[1][0] || bottom > held[1][1]))) {
            this.fineness = fine;
            const [w, h] = [width / k, height / k];
            this.part = fine < NEAR ? null : [[left - w, top - h], [right + w, bottom + h]];
            const paths = outlines(atlas, projection, fine, this.part);
            layers.ground.firstElementChild!.setAttribute('d', paths.sea);
            layers.land.setAttribute('d', paths.land);
            layers.borders.setAttribute('d', paths.borders);
        }
        layers.ground.setAttribute('transform', `translate(${x.toFixed(2)},${y.toFixed(2)}) scale(${k.toFixed(4)})`);
        this.shown = clusters(this.spots, k, this.most);
        this.paint();
    }

    private settled(byHand: boolean): void {
        if (byHand) this.write();
        this.panel();
    }

    private write(): void {
        const [lon, lat, k] = this.middle();
        this.written = `${lon.toFixed(2)},${lat.toFixed(2)},${k.toFixed(2)}`;
        this.ctx.setState({ at: this.written }, 'replace');
    }

    private paint(): void {
        const { places, names } = this.layers!;
        const { width, height } = this.frame;
        const { x, y, k } = this.transform;
        const chosen = this.chosen();
        const old = new Map([...places.children].map((g) => [g.getAttribute('data-id'), g as SVGGElement]));
        const focused = (document.activeElement as Element | null)?.closest?.('.map-place')?.getAttribute('data-id');
        const marks: { id: number; name: string; n: number; x: number; y: number; r: number }[] = [];
        const keep: SVGGElement[] = [];
        for (const one of this.shown) {
            const [px, py] = [one.x * k + x, one.y * k + y];
            if (px < -40 || py < -40 || px > width + 40 || py > height + 40) continue;
            marks.push({ id: one.place.id, name: one.place.name, n: one.n, x: px, y: py, r: one.r });
            const id = String(one.place.id);
            let g = old.get(id);
            if (!g || g.getAttribute('data-n') !== one.quad.join()) {
                g = this.circle(one);
            }
            g.setAttribute('transform', `translate(${px.toFixed(1)},${py.toFixed(1)})`);
            g.setAttribute('aria-pressed', String(chosen === one));
            g.setAttribute('tabindex', keep.length === 0 ? '0' : '-1');
            keep.push(g);
        }
        // Small ones over large ones.
        if (keep.length !== places.children.length || keep.some((g, i) => places.children[i] !== g)) places.replaceChildren(...keep);
        if (focused && (document.activeElement as Element | null)?.getAttribute('data-id') !== focused) keep.find((g) => g.getAttribute('data-id') === focused)?.focus();
        const large = ({ r }: { r: number }): boolean => r > 12;
        names.replaceChildren(...placeLabels(marks, width, height, large).slice(0, Math.round(width / 22)).map((label) => s('text', {
            class: `map-name${large(label.mark) ? ' map-name-large' : ''}`, x: label.x.toFixed(1), y: label.y.toFixed(1), 'text-anchor': label.anchor,
        }, label.text)));
    }

    private circle(one: Cluster): SVGGElement {
        const others = one.places.length - 1;
        const words = `${one.place.name}${others ? ` and ${count(others, 'other place')}` : ''}: ${count(one.n, this.wish.unit === 'events' ? 'telling' : 'incident')}`;
        const g = s('g', { class: 'map-place', role: 'button', 'data-id': one.place.id, 'data-n': one.quad.join(), 'aria-label': words },
            s('circle', { r: Math.max(9, one.r + 2), fill: 'transparent' }), s('circle', { class: 'map-ring', r: one.r + 1.5 }),
            one.r >= PIE ? shares(one.quad, one.r) : [s('circle', { class: `map-q${dominant(one.quad)}`, r: one.r })]);
        const id = one.place.id;
        const now = (): Cluster | undefined => this.shown.find((c) => c.place.id === id);
        const tip = (): void => {
            const c = now();
            if (!c) return;
            const { x, y, k } = this.transform;
            this.figure.tooltip.show(c.x * k + x, c.y * k + y - c.r, h('b', {}, c.place.name), c.places.length > 1 && h('div', { class: 'muted' }, `with ${c.places.slice(1, 4).map((p) => p.name).join(', ')}${c.places.length > 4 ? ` and ${c.places.length - 4} more` : ''}`),
                [2, 1, 3, 4].map((quad) => keyLine(quadColour(quad), quadName(quad), c.quad[quad - 1]!)));
        };
        g.addEventListener('pointerenter', tip);
        g.addEventListener('focus', tip);
        g.addEventListener('pointerleave', () => this.figure.tooltip.hide());
        g.addEventListener('blur', () => this.figure.tooltip.hide());
        g.addEventListener('click', () => this.choose(id));
        return g;
    }

    private chosen(): Cluster | undefined {
        return this.wish.place ? this.shown.find((one) => one.places.some((place) => place.id === this.wish.place)) : undefined;
    }

    private choose(id: number): void {
        this.ctx.setState({ place: this.chosen()?.place.id === id ? null : id }, 'replace');
    }

    private mark(): void {
        const chosen = this.chosen();
        for (const g of this.layers?.places.children ?? []) g.setAttribute('aria-pressed', String(g.getAttribute('data-id') === String(chosen?.place.id)));
    }

    private key(event: KeyboardEvent): void {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const on = (event.target as Element).closest('.map-place');
        const way: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
        const dir = way[event.key];
        if (event.key === '+' || event.key === '=') this.scale(1.8);
        else if (event.key === '-') this.scale(1 / 1.8);
        else if (event.key === '0') this.home();
        else if (on && (event.key === 'Enter' || event.key === ' ')) this.choose(Number(on.getAttribute('data-id')));
        else if (event.key === 'Escape' && this.wish.place) this.ctx.setState({ place: null }, 'replace');
        else if (dir && on) this.step(Number(on.getAttribute('data-id')), dir);
        else if (dir) {
            select<SVGSVGElement, unknown>(this.figure.svg).call(this.behaviour.translateBy, (-dir[0] * 60) / this.transform.k, (-dir[1] * 60) / this.transform.k);
            this.write();
        } else return;
        event.preventDefault();
    }

    /** To the nearest circle in a direction, which is brought into the frame. */
    private step(id: number, [dx, dy]: [number, number]): void {
        const from = this.shown.find((one) => one.place.id === id);
        if (!from) return;
        let best: Cluster | null = null;
        let least = Infinity;
        for (const one of this.shown) {
            const along = (one.x - from.x) * dx + (one.y - from.y) * dy;
            const aside = Math.abs((one.x - from.x) * dy) + Math.abs((one.y - from.y) * dx);
            if (one === from || along <= 0 || aside > along * 1.5) continue;
            if (along + aside < least) [best, least] = [one, along + aside];
        }
        if (!best) return;
        const { width, height } = this.frame;
        const { x, y, k } = this.transform;
        const [px, py] = [best.x * k + x, best.y * k + y];
        if (px < 20 || py < 20 || px > width - 20 || py > height - 20) {
            select<SVGSVGElement, unknown>(this.figure.svg).call(this.behaviour.translateTo, best.x, best.y);
            this.write();
        }
        for (const g of this.layers!.places.querySelectorAll<SVGGElement>('.map-place')) {
            const mine = g.getAttribute('data-id') === String(best.place.id);
            g.setAttribute('tabindex', mine ? '0' : '-1');
            if (mine) g.focus();
        }
    }

    /** How large a circle is for how many, at the foot of the map. */
    private sizeKey(): void {
        const { height } = this.frame;
        const scale = [1000, 500, 200, 100, 50, 20, 10, 5, 2, 1].flatMap((n) => [n * 1000, n]).sort((a, b) => b - a);
        const large = scale.find((n) => n <= this.most) ?? 1;
        const small = scale.find((n) => n <= large / 8);
        const r = radius(large, this.most);
        this.layers!.key.replaceChildren(...[large, small].filter((n) => n !== undefined).flatMap((n) => {
            const own = radius(n, this.most);
            const top = height - 10 - 2 * own;
            return [s('circle', { cx: 12 + r, cy: top + own, r: own }), s('text', { x: 18 + 2 * r, y: Math.min(top + 10, height - 11) }, number(n))];
        }));
    }

    private say(): void {
        const { total, unplaced, omitted } = this.data!;
        const what = this.wish.unit === 'events' ? 'telling' : 'incident';
        this.sub.textContent = unplaced ? `${number(total - unplaced)} of ${count(total, what)}; the place of the others (${percent(unplaced / Math.max(1, total))}) is not known` : count(total, what);
        this.note.replaceChildren(omitted ? `${count(omitted, 'place')} with fewer ${what}s are left out. ` : '', 'Land and borders as Natural Earth draws them; they state no position on any of them.');
    }

    private panel(): void {
        const data = this.data;
        if (!data || data.rows.length === 0) return;
        const unit = this.wish.unit;
        const what = unit === 'events' ? 'telling' : 'incident';
        const one = this.chosen();
        this.list.root.hidden = !one;
        const button = (place: Place) => h('button', { type: 'button', class: 'quiet', onclick: () => this.visit(place) }, place.name, place.country && h('span', { class: 'muted' }, ` ${place.country}`));
        const table = (places: readonly Place[], caption: string) => h('table', { class: 'table' }, h('caption', { class: 'hidden' }, caption), h('tbody', {}, places.map((place) => h('tr', {}, h('td', {}, button(place)), h('td', { class: 'number' }, number(place.n))))));
        if (!one) {
            this.head.replaceChildren(h('h2', {}, 'Most often'), h('p', { class: 'map-facts' }, `${count(data.rows.length, 'place')}. Choose one to read what happened there.`), table(data.rows.slice(0, 15), 'Places with most'));
            return;
        }
        const { places } = one;
        const names = places.slice(0, NAMED).map((place) => place.name);
        const term = `place:${names.map(quote).join(',')}`;
        this.head.replaceChildren(h('h2', {}, places.length > 1 ? `${one.place.name} and around` : one.place.name), h('p', { class: 'map-facts' }, `${count(one.n, what)}${places.length > 1 ? ` at ${count(places.length, 'place')}` : ''}`),
            h('p', { class: 'map-actions' },
                h('button', { type: 'button', class: 'button', onclick: () => this.ctx.setState({ q: `${this.ctx.state.q} ${term}`.trim(), place: null }) }, 'Only here'),
                places.length > 1 && h('button', { type: 'button', class: 'button', onclick: () => { this.fit(this.spots.filter((spot) => places.includes(spot.place)), DEEPEST); this.write(); } }, 'Zoom in'),
                h('button', { type: 'button', class: 'button', onclick: () => this.ctx.setState({ place: null }, 'replace') }, 'Let go')),
            ...(places.length > 1 ? [table(places.slice(0, 8), 'Places here')] : []));
        this.list.show('What happened', `${this.wish.q} ${term}`.trim(), unit);
    }

    private visit(place: Place): void {
        const spot = this.spots.find((one) => one.place.id === place.id);
        if (spot) {
            const { x, y, k } = this.transform;
            const [px, py] = [spot.x * k + x, spot.y * k + y];
            if (px < 0 || py < 0 || px > this.frame.width || py > this.frame.height) {
                select<SVGSVGElement, unknown>(this.figure.svg).call(this.behaviour.translateTo, spot.x, spot.y);
                this.write();
            }
        }
        this.ctx.setState({ place: place.id }, 'replace');
    }

    private rows(): Rows {
        return {
            columns: [{ title: 'Place' }, { title: 'Country' }, { title: 'Latitude', numeric: true }, { title: 'Longitude', numeric: true }, { title: 'Count', numeric: true }, ...[1, 2, 3, 4].map((quad) => ({ title: quadName(quad), numeric: true }))],
            rows: (this.data?.rows ?? []).map((place) => [place.name, place.country, round(place.lat), round(place.lon), place.n, ...(place.quad as Quad)]),
        };
    }
}

const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;
