#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The page's files: node build.mjs OUTDIR [--watch]
//
// Writes index.html, app.js, app.css and atlas.json. The same sources and the same packages give the same bytes.
import { build, context } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out || out.startsWith('-')) {
    console.error('usage: node build.mjs OUTDIR [--watch]');
    process.exit(2);
}
const outdir = resolve(out);
mkdirSync(outdir, { recursive: true });

const options = {
    absWorkingDir: here,
    entryPoints: { app: 'src/main.ts' },
    outdir,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: false,
    logLevel: 'warning',
};

copyFileSync(join(here, 'src/index.html'), join(outdir, 'index.html'));
// The atlas of the world in 50 m detail: names and ISO 3166-1 numbers of countries, as topojson-client reads them.
writeFileSync(join(outdir, 'atlas.json'), JSON.stringify(JSON.parse(readFileSync(join(here, 'node_modules/world-atlas/countries-50m.json'), 'utf8'))));

if (process.argv.includes('--watch')) await (await context(options)).watch();
else await build(options);
