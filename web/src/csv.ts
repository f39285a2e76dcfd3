// SPDX-License-Identifier: Apache-2.0
// Rows to take away.

export interface Column { readonly title: string; readonly numeric?: boolean }
/** What a chart shows, as rows: for screen readers, for CSV. */
export interface Rows { readonly columns: readonly Column[]; readonly rows: readonly (readonly (string | number | null)[])[] }

/** RFC 4180. A cell that a spreadsheet would take for a formula is kept from being one. */
export function csv(data: Rows): string {
    const cell = (value: string | number | null): string => {
        if (value === null) return '';
        if (typeof value === 'number') return String(value);
        const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
        return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    return [data.columns.map((c) => c.title), ...data.rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
