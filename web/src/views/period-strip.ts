// SPDX-License-Identifier: Apache-2.0
// A small timeline of everything, with a window on it: what is between its edges is what the filter's `from:` and `to:` let through. Dragging
// makes a window, moves it or an edge of it; with the keyboard each edge is a slider.
import { scaleSqrt, scaleUtc, type ScaleTime } from 'd3-scale';
import type { Day, Timeline } from '../api';
import { setTerms, valueOf } from '../expression';
import { after, day, days, toDate, toDay } from '../format';
import { h, s } from '../ui';
import type { Ctx } from '../views';
import './period-strip.css';
import { dayBefore, dayOf, periodFor, stretchOf, type Stretch } from './span';
import { timeTicks } from './time-ticks';

const HIGH = 40;
const AXIS = 18;
const SETTLE = 350; // milliseconds after a key, before the filter changes

type Grip = 'begin' | 'end' | 'window' | 'new';

export class PeriodStrip {
    readonly root = h('div', { class: 'period-strip' });
    private readonly svg = s('svg', { class: 'chart period-strip-chart', 'aria-hidden': 'true' });
    private readonly edges: Record<'begin' | 'end', HTMLElement>;
    private readonly words = h('span', { class: 'period-strip-words' });
    private readonly clear = h('button', { type: 'button', class: 'quiet', onclick: () => this.ctx.setTerms({ from: null, to: null }) }, 'Whole time');
    private readonly observer: ResizeObserver;
    private data: Timeline | null = null;
    private stretch: Stretch | null = null;
    private x: ScaleTime<number, number> = scaleUtc();
    private width = 0;
    /** Days, the end not included; null: no window. */
    private window: [Day, Day] | null = null;
    private asked = '';
    private running: AbortController | null = null;
    private timer = 0;
    private moving = false; // the window is being moved, and is not yet the filter's

    /** `more` are terms beside those of the filter. */
    constructor(private readonly ctx: Ctx, private readonly more: () => string) {
        this.edges = { begin: this.edge('begin', 'First day'), end: this.edge('end', 'Last day') };
        const plot = h('div', { class: 'period-strip-plot' }, this.svg, this.edges.begin, this.edges.end);
        this.root.append(h('div', { class: 'period-strip-head' }, h('span', {}, this.words), this.clear), plot);
        plot.addEventListener('pointerdown', (event) => this.drag(event, plot));
        this.observer = new ResizeObserver(() => {
            const width = Math.floor(plot.clientWidth);
            if (width > 0 && width !== this.width) {
                this.width = width;
                this.paint();
            }
        });
        this.observer.observe(plot);
    }

    /** Asks anew where anything but the window has changed. */
    update(): void {
        const { q, p } = this.ctx.state;
        const unit = p.unit === 'events' ? 'events' : 'incidents';
        const rest = `${setTerms(q, { from: null, to: null })} ${this.more()}`.trim();
        const key = `${unit} ${rest}`;
        if (key !== this.asked) {
            this.asked = key;
            this.running?.abort();
            const mine = this.running = new AbortController();
            void this.load(rest, unit, mine.signal).catch(() => {
                if (!mine.signal.aborted) { this.asked = ''; this.data = null; this.stretch = null; this.paint(); }
            });
        }
        this.read();
        this.paint();
    }

    destroy(): void {
        clearTimeout(this.timer);
        this.running?.abort();
        this.observer.disconnect();
    }

    private async load(q: string, unit: 'incidents' | 'events', signal: AbortSignal): Promise<void> {
        let data = await this.ctx.api.timeline({ q, unit }, signal);
        const stretch = stretchOf(data.periods.map((p) => ({ begin: p.begin, n: p.n.reduce((a, b) => a + b, 0) })), data.by);
        if (stretch && (stretch.before || stretch.behind) && periodFor(stretch.begin, stretch.end) !== data.by) {
            data = await this.ctx.api.timeline({ q: setTerms(q, { from: stretch.begin, to: dayBefore(stretch.end) }), unit, by: periodFor(stretch.begin, stretch.end) }, signal);
        }
        this.data = data;
        this.stretch = stretch;
        this.read();
        this.paint();
    }

    private read(): void {
        if (this.moving) return;
        const from = dayOf(valueOf(this.ctx.state.q, 'from'), false);
        const to = dayOf(valueOf(this.ctx.state.q, 'to'), true);
        const all = this.stretch;
        this.window = (from || to) && all ? [from ?? all.begin, to ? after(to, 'day') : all.end] : null;
    }

    private edge(which: 'begin' | 'end', label: string): HTMLElement {
        return h('div', {
            class: `period-strip-edge period-strip-${which}`, role: 'slider', tabindex: 0, 'aria-label': label, 'data-grip': which,
            onkeydown: (event: KeyboardEvent) => this.key(event, which),
        });
    }

    private bounds(): [Day, Day] | null {
        if (!this.stretch) return null;
        const { begin, end } = this.stretch;
        const w = this.window;
        return w ? [w[0] < begin ? w[0] : begin, w[1] > end ? w[1] : end] : [begin, end];
    }

    private paint(): void {
        const { svg, width, data } = this;
        svg.replaceChildren();
        const all = this.bounds();
        this.root.classList.toggle('period-strip-empty', !all);
        if (!all || !data || width < 40) return;
        const x = this.x = scaleUtc([toDate(all[0]), toDate(all[1])], [0, width]);
        const y = scaleSqrt([0, Math.max(1, ...data.periods.map((p) => p.n.reduce((a, b) => a + b, 0)))], [0, HIGH - 4]);
        svg.setAttribute('viewBox', `0 0 ${width} ${HIGH + AXIS}`);
        svg.setAttribute('width', String(width));
        svg.setAttribute('height', String(HIGH + AXIS));
        const [w0, w1] = this.window ?? all;
        let inside = '';
        let outside = '';
        for (const p of data.periods) {
            const end = after(p.begin, data.by);
            if (end <= all[0] || p.begin >= all[1]) continue;
            const x0 = x(toDate(p.begin));
            const wide = Math.max(0.8, x(toDate(end)) - x0 - (x(toDate(end)) - x0 > 3 ? 0.6 : 0));
            const bar = `M${x0.toFixed(1)} ${HIGH}v${(-y(p.n.reduce((a, b) => a + b, 0))).toFixed(1)}h${wide.toFixed(1)}V${HIGH}z`;
            if (end > w0 && p.begin < w1) inside += bar;
            else outside += bar;
        }
        svg.append(s('rect', { class: 'period-strip-ground', width, height: HIGH }),
            s('path', { class: 'period-strip-out', d: outside }), s('path', { class: 'period-strip-in', d: inside }),
            s('line', { class: 'period-strip-base', x2: width, y1: HIGH, y2: HIGH }));
        this.axis(x);
        const x0 = x(toDate(w0));
        const x1 = x(toDate(w1));
        if (this.window) svg.append(s('rect', { class: 'period-strip-window', x: x0, width: Math.max(1, x1 - x0), height: HIGH }));
        this.place('begin', x0, w0, all);
        this.place('end', x1, dayBefore(w1), all);
        this.words.textContent = days({ begin: w0, end: dayBefore(w1) });
        this.clear.hidden = !this.window;
    }

    private axis(x: ScaleTime<number, number>): void {
        for (const tick of timeTicks(x, 0, 11)) this.svg.append(s('text', { class: 'period-strip-tick', x: tick.x, y: HIGH + 14, 'text-anchor': 'middle' }, tick.text));
    }

    private place(which: 'begin' | 'end', px: number, value: Day, all: [Day, Day]): void {
        const edge = this.edges[which];
        edge.style.transform = `translateX(${Math.round(px)}px)`;
        edge.setAttribute('aria-valuemin', '0');
        edge.setAttribute('aria-valuemax', String((toDate(all[1]).getTime() - toDate(all[0]).getTime()) / 86_400_000));
        edge.setAttribute('aria-valuenow', String((toDate(value).getTime() - toDate(all[0]).getTime()) / 86_400_000));
        edge.setAttribute('aria-valuetext', day(value));
    }

    private key(event: KeyboardEvent, which: 'begin' | 'end'): void {
        const all = this.bounds();
        if (!all || !this.data) return;
        const step = (event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1
            : event.key === 'PageDown' ? -10 : event.key === 'PageUp' ? 10 : 0);
        const [w0, w1] = this.window ?? all;
        if (event.key === 'Escape') {
            clearTimeout(this.timer);
            this.moving = false;
            this.ctx.setTerms({ from: null, to: null });
            return;
        }
        let to: Day;
        if (event.key === 'Home') to = which === 'begin' ? all[0] : after(w0, this.data.by);
        else if (event.key === 'End') to = which === 'end' ? all[1] : this.moved(w1, -1);
        else if (step) to = this.moved(which === 'begin' ? w0 : w1, step);
        else return;
        event.preventDefault();
        const next: [Day, Day] = which === 'begin' ? [to < w1 ? to : w0, w1] : [w0, to > w0 ? to : w1];
        this.window = [next[0] < all[0] ? all[0] : next[0], next[1] > all[1] ? all[1] : next[1]];
        this.moving = true;
        this.paint();
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.commit(), SETTLE);
    }

    private moved(d: Day, steps: number): Day {
        const date = toDate(d);
        switch (this.data!.by) {
        case 'year': date.setUTCFullYear(date.getUTCFullYear() + steps); break;
        case 'quarter': date.setUTCMonth(date.getUTCMonth() + 3 * steps); break;
        case 'month': date.setUTCMonth(date.getUTCMonth() + steps); break;
        case 'week': date.setUTCDate(date.getUTCDate() + 7 * steps); break;
        default: date.setUTCDate(date.getUTCDate() + steps);
        }
        return toDay(date);
    }

    private drag(event: PointerEvent, plot: HTMLElement): void {
        const all = this.bounds();
        if (event.button !== 0 || !all) return;
        const left = plot.getBoundingClientRect().left;
        const at = (e: PointerEvent): number => Math.max(0, Math.min(this.width, e.clientX - left));
        const start = at(event);
        const held = this.window;
        const [w0, w1] = (this.window ?? all).map((d) => this.x(toDate(d))) as [number, number];
        const edge = (event.target as Element).closest('[data-grip]')?.getAttribute('data-grip') as Grip | undefined;
        const grip: Grip = edge ?? (this.window && start > w0 && start < w1 ? 'window' : 'new');
        plot.setPointerCapture(event.pointerId);
        event.preventDefault();
        const move = (e: PointerEvent): void => {
            const now = at(e);
            let span: [number, number];
            if (grip === 'begin') span = [Math.min(now, w1 - 1), w1];
            else if (grip === 'end') span = [w0, Math.max(now, w0 + 1)];
            else if (grip === 'window') {
                const by = Math.max(-w0, Math.min(this.width - w1, now - start));
                span = [w0 + by, w1 + by];
            } else span = [Math.min(start, now), Math.max(start, now)];
            const begin = toDay(this.x.invert(span[0]));
            const end = after(toDay(this.x.invert(span[1])), 'day');
            this.window = [begin, end > all[1] ? all[1] : end];
            this.moving = true;
            this.paint();
        };
        const done = (e: PointerEvent): void => {
            plot.removeEventListener('pointermove', move);
            plot.removeEventListener('pointerup', done);
            plot.removeEventListener('pointercancel', done);
            if (e.type === 'pointercancel' || (Math.abs(at(e) - start) < 3)) {
                this.window = held;
                this.moving = false;
                this.paint();
            } else this.commit();
        };
        plot.addEventListener('pointermove', move);
        plot.addEventListener('pointerup', done);
        plot.addEventListener('pointercancel', done);
    }

    private commit(): void {
        this.moving = false;
        const all = this.bounds();
        if (!this.window || !all) return;
        const [begin, end] = this.window;
        const whole = this.stretch && begin <= this.stretch.begin && end >= this.stretch.end;
        this.ctx.setTerms(whole ? { from: null, to: null } : { from: begin, to: dayBefore(end) });
        this.ctx.announce(whole ? 'Whole time' : `From ${day(begin)} to ${day(dayBefore(end))}`);
    }
}
