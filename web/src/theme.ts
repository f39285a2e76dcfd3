// SPDX-License-Identifier: Apache-2.0
// Light or dark: as the system has it, unless a person has chosen otherwise here.

export type Theme = 'light' | 'dark';
const KEY = 'chancery-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<(theme: Theme) => void>();

function chosen(): Theme | null {
    try {
        const kept = localStorage.getItem(KEY);
        return kept === 'light' || kept === 'dark' ? kept : null;
    } catch {
        return null; // storage is switched off
    }
}

export const theme = (): Theme => chosen() ?? (system.matches ? 'dark' : 'light');

function show(): void {
    const now = theme();
    if (document.documentElement.dataset.theme === now) return;
    document.documentElement.dataset.theme = now;
    for (const listener of listeners) listener(now);
}

/** Called after a change, when colours read from the page are other ones. */
export const onTheme = (listener: (theme: Theme) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
};

/** The other one; what the system says anyway is not kept. */
export function switchTheme(): Theme {
    const to: Theme = theme() === 'dark' ? 'light' : 'dark';
    try {
        if (to === (system.matches ? 'dark' : 'light')) localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, to);
    } catch {
        document.documentElement.dataset.theme = to;
        for (const listener of listeners) listener(to);
        return to;
    }
    show();
    return to;
}

system.addEventListener('change', show);
show();
