// SPDX-License-Identifier: Apache-2.0
// What is shown, in the address: /?view=NAME&q=EXPRESSION&… The address alone is the state, so each has a link and the way back works.

export interface State {
    readonly view: string; // '' where the address names none: the first view
    readonly q: string; // an expression of `chancery query`, common to all views
    readonly p: Readonly<Record<string, string>>; // the view's own parameters
}

/** `view`, `q` or a parameter of the view to its new value; null takes it out. With `view` the parameters of the view before are dropped. */
export type Patch = Readonly<Record<string, string | number | null | undefined>>;

const LONGEST = 2000; // characters of an expression that the server takes

export function parse(search: string): State {
    const p: Record<string, string> = {};
    let view = '';
    let q = '';
    for (const [name, value] of new URLSearchParams(search)) {
        if (name === 'view') view = value;
        else if (name === 'q') q = value.trim();
        else if (value !== '') p[name] = value;
    }
    return { view, q, p };
}

/** The problem with a state that no view should be troubled with, in words; null where there is none. */
export function wrong(state: State): string | null {
    return state.q.length > LONGEST ? `The expression has ${state.q.length} characters; ${LONGEST} are the most.` : null;
}

export function apply(state: State, patch: Patch): State {
    const p: Record<string, string> = patch.view !== undefined && patch.view !== state.view ? {} : { ...state.p };
    let { view, q } = state;
    for (const [name, value] of Object.entries(patch)) {
        const text = value === null || value === undefined ? '' : String(value);
        if (name === 'view') view = text;
        else if (name === 'q') q = text.trim();
        else if (text === '') delete p[name];
        else p[name] = text;
    }
    return { view, q, p };
}

/** One state has one address: view, q, then the parameters by name. */
export function href(state: State): string {
    const pairs: [string, string][] = [];
    if (state.view) pairs.push(['view', state.view]);
    if (state.q) pairs.push(['q', state.q]);
    for (const name of Object.keys(state.p).sort()) pairs.push([name, state.p[name]!]);
    // Marks of an expression that need no escape in a query are left readable.
    const text = new URLSearchParams(pairs).toString().replace(/%(3A|2C|3E|22)/g, (m) => (m === '%22' ? m : decodeURIComponent(m)));
    return text ? `/?${text}` : '/';
}

export class Store {
    private current = parse(location.search);
    private listeners = new Set<(state: State, before: State) => void>();

    constructor() {
        addEventListener('popstate', () => this.take(parse(location.search)));
    }

    get state(): State {
        return this.current;
    }

    set(patch: Patch, how: 'push' | 'replace' = 'push'): void {
        const next = apply(this.current, patch);
        const to = href(next);
        if (to === href(this.current)) return;
        if (how === 'push') history.pushState(null, '', to);
        else history.replaceState(null, '', to);
        this.take(next);
    }

    /** Goes to an address of this page, as a link does. */
    go(to: string): void {
        const next = parse(to.slice(to.indexOf('?') + 1 || to.length));
        if (href(next) === href(this.current)) return;
        history.pushState(null, '', href(next));
        this.take(next);
    }

    href(patch: Patch): string {
        return href(apply(this.current, patch));
    }

    subscribe(listener: (state: State, before: State) => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    private take(next: State): void {
        const before = this.current;
        this.current = next;
        for (const listener of [...this.listeners]) if (this.listeners.has(listener)) listener(next, before);
    }
}
