// SPDX-License-Identifier: Apache-2.0
// Elements, and the states that something which is loaded can be in. Text goes in as text: nothing here parses HTML.
import { ApiError } from './api';

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Attribute = string | number | boolean | null | undefined | Readonly<Record<string, string>> | ((event: never) => void);
export type Attributes = Readonly<Record<string, Attribute>>;

function set(element: Element & ElementCSSInlineStyle, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) continue;
        if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value as EventListener);
        else if (typeof value === 'object') for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
        else if (name === 'value' && 'value' in element) (element as HTMLInputElement).value = String(value);
        else element.setAttribute(name, value === true ? '' : String(value));
    }
}

function put(element: Element, children: readonly Child[]): void {
    for (const child of children) {
        if (child === null || child === undefined || child === false) continue;
        if (Array.isArray(child)) put(element, child as readonly Child[]);
        else element.append(child instanceof Node ? child : String(child));
    }
}

/** An element. Attributes: text, true (there), null or false (not there); `on…` a listener; `style` properties and values. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    set(element, attributes);
    put(element, children);
    return element;
}

/** The same for SVG. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    set(element, attributes);
    put(element, children);
    return element;
}

/** An icon of 16 by 16, drawn by lines. Decoration: say beside it, or by aria-label, what it means. */
export function icon(path: string): SVGSVGElement {
    return s('svg', { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, s('path', { d: path }));
}

/** Nothing was found, and what could be done about it. */
export function empty(title: string, detail: Child = null, ...actions: Child[]): HTMLElement {
    return h('div', { class: 'state state-empty' }, h('h2', {}, title), detail && h('p', {}, detail), actions.length > 0 && h('p', { class: 'state-actions' }, ...actions));
}

/** Something is wrong, in words; with a way to try again where that may help. */
export function problem(title: string, detail: Child, retry?: () => void): HTMLElement {
    return h('div', { class: 'state state-problem', role: 'alert' }, h('h2', {}, title), h('p', {}, detail),
        retry && h('p', { class: 'state-actions' }, h('button', { type: 'button', class: 'button', onclick: retry }, 'Try again')));
}

/** What an error says to a reader. */
export function problemOf(error: unknown, retry?: () => void): HTMLElement {
    if (!(error instanceof ApiError)) return problem('Something is wrong with this page', error instanceof Error ? error.message : String(error), retry);
    switch (error.status) {
    case 0: return problem('The server does not answer', error.message, retry);
    case 400: return problem(error.term ? 'This filter is not understood' : 'This cannot be asked', error.message);
    case 404: return problem('There is no such thing', error.message);
    case 401: case 403: return problem('Not allowed', error.message);
    case 503: return problem('The server is busy', error.message, retry);
    default: return problem(error.title || 'The server failed', error.message, retry);
    }
}

const LATE = 100; // milliseconds until something that is loaded shows that it is

/** Grey bars in the place of what is coming. */
export function skeleton(lines = 6): HTMLElement {
    return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, Array.from({ length: lines }, (_, i) => h('div', { class: `skeleton-line skeleton-${i % 4}` })));
}

/**
 * A place in the page whose content is asked of the server. Of several loads the last one counts, whatever the order of the answers. What was
 * there stays until the answer is; if that takes longer than LATE it is dimmed, or a skeleton is shown where there was nothing.
 */
export class Slot {
    private running: AbortController | null = null;
    private full = false;

    constructor(readonly root: HTMLElement, private readonly waiting: () => Node = skeleton) {
        root.classList.add('slot');
    }

    /** `show` gives what to put there, or puts it there itself and gives nothing. */
    async load<T>(fetch: (signal: AbortSignal) => Promise<T>, show: (value: T) => Node | void): Promise<void> {
        this.running?.abort();
        const mine = this.running = new AbortController();
        const late = setTimeout(() => {
            this.root.setAttribute('aria-busy', 'true');
            if (!this.full) this.root.replaceChildren(this.waiting());
        }, LATE);
        try {
            const value = await fetch(mine.signal);
            if (this.running !== mine) return;
            const node = show(value);
            if (node) this.root.replaceChildren(node);
            this.full = true;
        } catch (error) {
            if (this.running !== mine || mine.signal.aborted) return;
            this.full = false;
            this.root.replaceChildren(problemOf(error, () => void this.load(fetch, show)));
        } finally {
            clearTimeout(late);
            if (this.running === mine) {
                this.running = null;
                this.root.removeAttribute('aria-busy');
            }
        }
    }

    /** Puts something there that needs no server. */
    put(...nodes: Node[]): void {
        this.stop();
        this.root.replaceChildren(...nodes);
        this.full = true;
    }

    stop(): void {
        this.running?.abort();
        this.running = null;
        this.root.removeAttribute('aria-busy');
    }
}
