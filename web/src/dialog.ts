// SPDX-License-Identifier: Apache-2.0
// Things that lie over the page: a sheet at its side that keeps the keyboard until it is closed, and a short notice.
import { closeIcon } from './chart';
import { type Child, h } from './ui';

export interface Dialog { readonly body: HTMLElement; readonly element: HTMLDialogElement; close(): void }

/** Opens a modal sheet. Escape, the button and a click beside it close it; the focus goes back to where it was, or to `back()`. */
export function dialog(title: string, onclose: () => void, back?: () => HTMLElement | null): Dialog {
    const before = document.activeElement;
    const body = h('div', { class: 'sheet-body' });
    const element = h('dialog', { class: 'sheet', 'aria-label': title },
        h('button', { type: 'button', class: 'quiet sheet-close', 'aria-label': 'Close', onclick: () => element.close() }, closeIcon()), body);
    element.addEventListener('click', (event) => {
        if (event.target === element) element.close();
    });
    element.addEventListener('close', () => {
        element.remove();
        const to = back?.() ?? before;
        if (to instanceof HTMLElement && to.isConnected) to.focus({ preventScroll: true });
        onclose();
    });
    document.getElementById('app')!.append(element);
    element.showModal(); // the browser keeps the focus within, and the rest inert
    return { body, element, close: () => element.close() };
}

let notice: HTMLElement | null = null;

/** A notice that goes by itself. */
export function toast(...content: Child[]): void {
    notice?.remove();
    const mine = notice = h('div', { class: 'toast', role: 'status' }, ...content);
    document.getElementById('app')!.append(mine);
    setTimeout(() => mine.remove(), 5000);
}
