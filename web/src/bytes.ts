// SPDX-License-Identifier: Apache-2.0
// Byte offsets of UTF-8, which the server gives, to indices of a JavaScript string (UTF-16), and back.

/**
 * Answers for one text. Text without anything beyond ASCII costs one look at it; else a table of where each 64th byte stands is made, and an
 * offset is found from there: O(n) once, O(1) an offset. An offset inside a character is taken for the character's begin, one beyond the end
 * for the end.
 */
export class Bytes {
    readonly length: number; // in bytes
    private readonly steps: Uint32Array | null; // index of the character that holds byte 64 i, and
    private readonly starts: Uint32Array | null; // the byte that it begins at

    constructor(readonly text: string) {
        // eslint-disable-next-line no-control-regex
        if (/^[\x00-\x7f]*$/.test(text)) {
            this.length = text.length;
            this.steps = this.starts = null;
            return;
        }
        const most = (text.length * 3 >> 6) + 2;
        const steps = new Uint32Array(most);
        const starts = new Uint32Array(most);
        let byte = 0;
        let next = 0;
        for (let i = 0; i < text.length;) {
            const [bytes, units] = size(text, i);
            while (next << 6 < byte + bytes) {
                steps[next] = i;
                starts[next++] = byte;
            }
            byte += bytes;
            i += units;
        }
        this.length = byte;
        this.steps = steps.subarray(0, next);
        this.starts = starts.subarray(0, next);
    }

    /** The index in the string of the character that the byte is of. */
    index(byte: number): number {
        if (byte >= this.length) return this.text.length;
        if (byte <= 0 || !this.steps || !this.starts) return Math.max(byte, 0);
        let i = this.steps[byte >> 6]!;
        let at = this.starts[byte >> 6]!;
        while (i < this.text.length) {
            const [bytes, units] = size(this.text, i);
            if (at + bytes > byte) break;
            at += bytes;
            i += units;
        }
        return i;
    }

    /** The byte that the character at the index begins at. */
    byte(index: number): number {
        if (index >= this.text.length) return this.length;
        if (index <= 0 || !this.steps || !this.starts) return Math.max(index, 0);
        let low = 0;
        let high = this.steps.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if (this.steps[middle]! <= index) low = middle;
            else high = middle - 1;
        }
        let i = this.steps[low]!;
        let at = this.starts[low]!;
        while (i < index) {
            const [bytes, units] = size(this.text, i);
            if (i + units > index) break;
            at += bytes;
            i += units;
        }
        return at;
    }

    slice(begin: number, end: number): string {
        return this.text.slice(this.index(begin), this.index(end));
    }
}

/** Bytes and UTF-16 units of the character at i. A lone surrogate counts three bytes, as the replacement character that UTF-8 has for it. */
function size(text: string, i: number): [bytes: number, units: number] {
    const c = text.charCodeAt(i);
    if (c < 0x80) return [1, 1];
    if (c < 0x800) return [2, 1];
    if (c >= 0xd800 && c < 0xdc00) {
        const d = text.charCodeAt(i + 1);
        if (d >= 0xdc00 && d < 0xe000) return [4, 2];
    }
    return [3, 1];
}
