// SPDX-License-Identifier: Apache-2.0
// The frame of the page: head, navigation, the view that the address names.
import './base.css';
import './shell.css';
import { api, type Values } from './api';
import { setTerms, toggle } from './expression';
import { Store, wrong } from './state';
import { switchTheme, theme } from './theme';
import { h, problem, problemOf } from './ui';
import { type Ctx, type View, views } from './views';

const NOTHING: Values = { types: [], modes: [], contexts: [], statuses: [], sectors: [], countries: [] };

async function start(app: HTMLElement): Promise<void> {
    const store = new Store();
    const values = api.values().catch(() => NOTHING);
    const live = h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
    const links = new Map(views.filter((v) => v.nav).map((v) => [v.name, h('a', {}, v.title)]));
    const main = h('main', { class: 'view', id: 'main', tabindex: -1 });
    app.replaceChildren(
        h('a', { class: 'skip', href: '#main' }, 'To the content'),
        h('header', { class: 'head' },
            h('a', { class: 'wordmark', href: '/' }, 'Chancery'),
            h('nav', { class: 'nav', 'aria-label': 'Views' }, [...links.values()]),
            h('div', { class: 'head-end' }, h('button', { type: 'button', class: 'quiet', onclick: () => void switchTheme() }, theme() === 'dark' ? 'Light' : 'Dark'))),
        h('div', { class: 'body' }, main), live);

    const about = await api.about().catch((error: unknown) => {
        main.replaceChildren(problemOf(error, () => location.reload()));
        return null;
    });
    if (!about) return;

    let leave: (() => void) | null = null;
    let shown: string | null = null;
    const show = (): void => {
        const { state } = store;
        const view: View | undefined = state.view === '' ? views[0] : views.find((v) => v.name === state.view);
        for (const [name, link] of links) {
            link.setAttribute('href', store.href({ view: name === views[0]!.name ? '' : name }));
            if (view?.name === name) link.setAttribute('aria-current', 'page');
            else link.removeAttribute('aria-current');
        }
        document.title = view ? `${view.title} · Chancery` : 'Chancery';
        if (view && view.name === shown && !wrong(state)) return;
        leave?.();
        leave = null;
        shown = null;
        const complaint = wrong(state) ?? (view ? null : `There is no view “${state.view}”.`);
        if (complaint || !view) {
            main.replaceChildren(problem('This address leads nowhere', complaint));
            return;
        }
        shown = view.name;
        const abort = new AbortController();
        const unsubscribe: (() => void)[] = [];
        const ctx: Ctx = {
            get state() { return store.state; },
            api, about, values, signal: abort.signal,
            setState: (patch, how) => store.set(patch, how),
            href: (patch) => store.href(patch),
            subscribe: (listener) => void unsubscribe.push(store.subscribe(listener)),
            toggle: (field, value) => store.set({ q: toggle(store.state.q, field, value) }),
            setTerms: (terms) => store.set({ q: setTerms(store.state.q, terms) }),
            setTitle: (text) => { document.title = `${text} · Chancery`; },
            announce: (text) => { live.textContent = text; },
        };
        const root = h('div', { class: `view-${view.name}` });
        main.replaceChildren(root);
        const cleanup = view.mount(root, ctx);
        leave = () => {
            abort.abort();
            for (const stop of unsubscribe) stop();
            cleanup?.();
        };
    };
    store.subscribe(show);
    app.addEventListener('click', (event) => {
        const link = (event.target as Element).closest('a');
        if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        const to = link.getAttribute('href') ?? '';
        if (!(to === '/' || to.startsWith('/?')) || link.hasAttribute('download') || link.target) return;
        event.preventDefault();
        store.go(to);
    });
    show();
}

void start(document.getElementById('app')!);
