// SPDX-License-Identifier: Apache-2.0
// What all charts share: a figure that is drawn to its width, its rows as a table and as CSV, itself as SVG; a tooltip for pointer and keyboard;
// colours.
import type { Values } from './api';
import { csv, type Rows } from './csv';
import { QUADS, number } from './format';
import { type Child, h, icon, s } from './ui';

export { type Column, csv, type Rows } from './csv';

export interface FigureOptions {
    /** Of the file that is downloaded: `chancery-NAME.csv`. */
    readonly name: string;
    /** What the chart shows, for those who do not see it. */
    readonly label: string;
    /** In pixels, for a width in pixels. */
    height(width: number): number;
    /** Draws anew into `svg`, which is empty (or keeps what `keep` says). Called when the width or the data changes: figure.redraw(). */
    draw(svg: SVGSVGElement, width: number, height: number): void;
    rows(): Rows;
    /** The content of svg is not taken out before draw(). */
    readonly keep?: boolean;
}

/** A chart with what goes around it. Put `root` into the page; call destroy() when the view is left. */
export class Figure {
    readonly root: HTMLElement;
    readonly svg: SVGSVGElement;
    /** Above the chart, at the left: legend, switches. */
    readonly head: HTMLElement;
    /** Positioned: things laid over the chart. */
    readonly plot: HTMLElement;
    readonly tooltip: Tooltip;
    width = 0;
    private readonly observer: ResizeObserver;
    private table: HTMLElement | null = null;
    private ready = false;

    constructor(private readonly options: FigureOptions) {
        this.svg = s('svg', { class: 'chart', role: 'img', 'aria-label': options.label });
        this.plot = h('div', { class: 'figure-plot' }, this.svg);
        this.tooltip = new Tooltip(this.plot);
        this.head = h('div', { class: 'figure-head' });
        const toggle = h('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false', onclick: () => this.showTable(toggle) }, 'Table');
        this.root = h('figure', { class: 'figure' }, this.head, this.plot,
            h('figcaption', { class: 'figure-foot' }, toggle,
                h('button', { type: 'button', class: 'quiet', onclick: () => download(`chancery-${options.name}.csv`, 'text/csv', csv(options.rows())) }, 'CSV'),
                h('button', { type: 'button', class: 'quiet', onclick: () => download(`chancery-${options.name}.svg`, 'image/svg+xml', standalone(this.svg)) }, 'SVG')));
        this.observer = new ResizeObserver(([entry]) => {
            const width = Math.floor(entry?.contentRect.width ?? 0);
            if (width !== this.width && width > 0) {
                this.width = width;
                if (this.ready) this.paint();
            }
        });
        this.observer.observe(this.plot);
    }

    /** The data has changed. The first call shows the chart. */
    redraw(): void {
        this.ready = true;
        if (this.width === 0) this.width = Math.floor(this.plot.clientWidth);
        if (this.width > 0) this.paint();
        if (this.table) this.table.replaceChildren(tableOf(this.options.rows(), this.options.label));
    }

    destroy(): void {
        this.observer.disconnect();
        this.tooltip.hide();
    }

    private paint(): void {
        const height = this.options.height(this.width);
        this.svg.setAttribute('viewBox', `0 0 ${this.width} ${height}`);
        this.svg.setAttribute('width', String(this.width));
        this.svg.setAttribute('height', String(height));
        if (!this.options.keep) this.svg.replaceChildren();
        this.options.draw(this.svg, this.width, height);
    }

    private showTable(toggle: HTMLButtonElement): void {
        if (this.table) {
            this.table.remove();
            this.table = null;
        } else {
            this.table = h('div', { class: 'figure-table', tabindex: 0, role: 'region', 'aria-label': `${this.options.label}: table` },
                tableOf(this.options.rows(), this.options.label));
            this.root.append(this.table);
        }
        toggle.setAttribute('aria-expanded', String(this.table !== null));
    }
}

const MOST = 1000; // rows of a table beside a chart; CSV has all

function tableOf(data: Rows, caption: string): HTMLElement {
    const rows = data.rows.slice(0, MOST);
    return h('table', { class: 'table' }, h('caption', { class: 'hidden' }, caption),
        h('thead', {}, h('tr', {}, data.columns.map((c) => h('th', { scope: 'col', class: c.numeric && 'number' }, c.title)))),
        h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, i) =>
            h('td', { class: data.columns[i]?.numeric && 'number' }, typeof cell === 'number' ? number(cell) : cell))))),
        data.rows.length > MOST && h('tfoot', {}, h('tr', {}, h('td', { colspan: data.columns.length }, `… and ${number(data.rows.length - MOST)} more in the CSV`))));
}

export function download(name: string, type: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    h('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const PAINT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin', 'stroke-linecap', 'paint-order', 'vector-effect', 'opacity', 'display', 'visibility'];
const TYPE = ['font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'letter-spacing'];

/** The chart as a file that looks the same without this page: computed styles as attributes, and a ground under it. */
export function standalone(svg: SVGSVGElement): string {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const from = [svg, ...svg.querySelectorAll('*')];
    const to = [copy, ...copy.querySelectorAll('*')];
    from.forEach((element, i) => {
        const style = getComputedStyle(element);
        const target = to[i]!;
        if (style.display === 'none') target.setAttribute('data-out', '');
        for (const name of element instanceof SVGTextContentElement ? [...PAINT, ...TYPE] : PAINT) target.setAttribute(name, style.getPropertyValue(name));
        for (const name of [...target.getAttributeNames()]) if (/^(class|style|tabindex|role|aria-)/.test(name) && target !== copy) target.removeAttribute(name);
    });
    for (const out of copy.querySelectorAll('[data-out], .no-export')) out.remove();
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.removeAttribute('class');
    copy.removeAttribute('style');
    const box = svg.viewBox.baseVal;
    copy.prepend(s('rect', { x: box.x, y: box.y, width: box.width, height: box.height, fill: getComputedStyle(document.body).backgroundColor }));
    return new XMLSerializer().serializeToString(copy);
}

/** One at a time over a chart. Its text is for the eye: say the same to a screen reader with ctx.announce or a label. */
export class Tooltip {
    private readonly box = h('div', { class: 'tooltip', hidden: true, 'aria-hidden': 'true' });

    /** `plot` must be positioned. */
    constructor(private readonly plot: HTMLElement) {
        plot.append(this.box);
    }

    /** At a point of the plot, in its pixels; turned to the side where there is room. */
    show(x: number, y: number, ...content: Child[]): void {
        this.box.replaceChildren(h('div', {}, ...content));
        this.box.hidden = false;
        const { offsetWidth: width, offsetHeight: height } = this.box;
        const room = this.plot.clientWidth;
        const left = x + 14 + width <= room ? x + 14 : Math.max(0, Math.min(x - 14 - width, room - width));
        const top = Math.max(-8, y - height - 10);
        this.box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }

    hide(): void {
        this.box.hidden = true;
    }
}

/** A line of a tooltip or a legend: a swatch, a name, a number. */
export const keyLine = (colour: string, name: string, n: number | string | null = null): HTMLElement =>
    h('div', { class: 'key' }, h('span', { class: 'swatch', style: { background: colour } }), h('span', { class: 'key-name' }, name),
        n !== null && h('span', { class: 'key-n' }, typeof n === 'number' ? number(n) : n));

export const CLOSE = 'M4 4l8 8M12 4l-8 8';
export const closeIcon = (): SVGSVGElement => icon(CLOSE);

/** Colour of a quad class, 0 to 4. Cooperation is blue, conflict is red to orange; acts are dark (in dark mode strong), words light. */
export const quadColour = (quad: number): string => `var(--quad-${quad >= 1 && quad <= 4 ? quad : 0})`;

/** Keys of an answer's split in the order in which they are stacked, with name and colour. */
export interface Key { readonly key: string; readonly at: number; readonly name: string; readonly colour: string }

/** `keys` as /api/timeline gives them. Types take the colour of their quad class, lighter or darker. */
export function keysOf(split: string, keys: readonly string[], values: Values): Key[] {
    const list = keys.map((key, at) => ({ key, at }));
    if (split === 'type') {
        const quads = new Map(values.types.map((t) => [t.name, t.quad]));
        const order = new Map(values.types.map((t, i) => [t.name, t.quad * 100 + i]));
        list.sort((a, b) => (order.get(a.key) ?? 999) - (order.get(b.key) ?? 999));
        const of = (quad: number): string[] => list.filter((k) => (quads.get(k.key) ?? 0) === quad).map((k) => k.key);
        return list.map(({ key, at }) => {
            const quad = quads.get(key) ?? 0;
            const siblings = of(quad);
            const share = siblings.length < 2 ? 0 : siblings.indexOf(key) / (siblings.length - 1);
            return { key, at, name: key.charAt(0) + key.slice(1).toLowerCase(), colour: `color-mix(in srgb, ${quadColour(quad)} ${Math.round(100 - 55 * share)}%, var(--ground))` };
        });
    }
    if (split === 'status') {
        const order = values.statuses.map((v) => v.name);
        list.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
        return list.map(({ key, at }) => ({ key, at, name: key.charAt(0).toUpperCase() + key.slice(1), colour: `var(--status-${key})` }));
    }
    return list.map(({ key, at }) => ({ key, at, name: QUADS[Number(key)] ?? key, colour: quadColour(Number(key)) }));
}
