// SPDX-License-Identifier: Apache-2.0
// node pack.mjs FOLDER FILE: the files of FOLDER compressed and packed into FILE, as src/serve/files.c reads it. Same files, same bytes.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
    '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json',
    '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/vnd.microsoft.icon', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json',
    '.woff2': 'font/woff2',
};
const [folder, out] = process.argv.slice(2);
const names = readdirSync(folder).sort();
const head = Buffer.alloc(16 + 128 * names.length);
head.write('CHYWEB1\0');
head.writeUInt32LE(names.length, 8);
const parts = [head];
let offset = head.length;
names.forEach((name, i) => {
    const type = types[extname(name)];
    if (!type || Buffer.byteLength(name) > 63) throw new Error(`${name}: of no known type, or its name is too long`);
    const raw = readFileSync(join(folder, name));
    const zip = gzipSync(raw, { level: 9 }); // no name, no time
    zip[9] = 255; // made on any system
    const at = 16 + 128 * i;
    head.write(name, at);
    head.write(type, at + 64);
    head.writeUInt32LE(offset, at + 112);
    head.writeUInt32LE(zip.length, at + 116);
    head.writeUInt32LE(raw.length, at + 120);
    parts.push(zip);
    offset += zip.length;
});
writeFileSync(out, Buffer.concat(parts));
