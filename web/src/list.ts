// SPDX-License-Identifier: Apache-2.0
// Long lists: pages by cursor as one scrolls, moves by keyboard.
import type { Page } from './api';
import { number } from './format';
import { h, problemOf, skeleton } from './ui';

export interface PagerOptions<Row> {
    fetch(cursor: string | null, signal: AbortSignal): Promise<Page<Row>>;
    row(row: Row): HTMLElement;
    /** Where rows go: an <ol>, a <tbody>. */
    into: HTMLElement;
    /** What is shown where there is no row. */
    nothing(): Node;
    /** Called with the first page. */
    first?(page: Page<Row>): void;
}

/** A list that grows. reload() asks anew; what is shown stays until the answer is there. */
export class Pager<Row> {
    readonly root: HTMLElement;
    private readonly foot = h('div', { class: 'pager-foot' });
    private readonly watcher: IntersectionObserver;
    private next: string | null = null;
    private shown = 0;
    private running: AbortController | null = null;

    /** `frame` holds `into`: the table about the body, or the list itself. */
    constructor(private readonly options: PagerOptions<Row>, private readonly frame: HTMLElement = options.into) {
        this.root = h('div', { class: 'pager slot' }, frame, this.foot);
        this.watcher = new IntersectionObserver((entries) => {
            if (entries.some((e) => e.isIntersecting) && this.next !== null && !this.running) void this.load(this.next);
        }, { rootMargin: '600px' });
        keyMoves(options.into);
    }

    reload(): Promise<void> {
        return this.load(null);
    }

    stop(): void {
        this.running?.abort();
        this.watcher.disconnect();
    }

    private async load(cursor: string | null): Promise<void> {
        this.running?.abort();
        const mine = this.running = new AbortController();
        this.watcher.disconnect();
        const late = setTimeout(() => {
            if (cursor === null) this.root.setAttribute('aria-busy', 'true');
            if (this.shown === 0 || cursor !== null) this.foot.replaceChildren(skeleton(cursor === null ? 8 : 3));
        }, 100);
        try {
            const page = await this.options.fetch(cursor, mine.signal);
            if (this.running !== mine) return;
            const rows = page.rows.map((row) => this.options.row(row));
            if (cursor === null) {
                this.options.into.replaceChildren(...rows);
                this.shown = rows.length;
                this.options.first?.(page);
            } else {
                this.options.into.append(...rows);
                this.shown += rows.length;
            }
            this.frame.hidden = this.shown === 0;
            this.next = page.next;
            this.end(page.total);
        } catch (error) {
            if (this.running !== mine || mine.signal.aborted) return;
            if (cursor === null) {
                this.frame.hidden = true;
                this.shown = 0;
                this.next = null;
            }
            this.foot.replaceChildren(problemOf(error, () => void this.load(cursor)));
        } finally {
            clearTimeout(late);
            if (this.running === mine) {
                this.running = null;
                this.root.removeAttribute('aria-busy');
            }
        }
    }

    private end(total: number): void {
        if (this.shown === 0) this.foot.replaceChildren(this.options.nothing());
        else if (this.next === null) this.foot.replaceChildren(h('p', { class: 'pager-end' }, this.shown > 10 ? `All ${number(this.shown)} shown` : ''));
        else {
            const more = h('button', { type: 'button', class: 'button', onclick: () => void this.load(this.next) }, `More (${number(Math.max(total - this.shown, 0))} left)`);
            this.foot.replaceChildren(h('p', { class: 'pager-end' }, more));
            this.watcher.observe(more);
        }
    }
}

/** Arrow keys, Home and End, j and k move among the links that rows are opened by (`data-row`). */
export function keyMoves(list: HTMLElement): void {
    list.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const now = (event.target as Element).closest<HTMLElement>('[data-row]');
        if (!now) return;
        const all = [...list.querySelectorAll<HTMLElement>('[data-row]')];
        const at = all.indexOf(now);
        const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: all.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        const next = all[Math.max(0, Math.min(to, all.length - 1))];
        next?.focus();
        next?.scrollIntoView({ block: 'nearest' });
    });
}
