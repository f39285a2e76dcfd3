// SPDX-License-Identifier: Apache-2.0
// The world under the places: land and borders as the atlas has them (Natural Earth, 1 : 50 million), no finer than the screen shows.
import { geoNaturalEarth1, geoPath, type GeoProjection } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';

export interface Atlas { land: GeoJSON.FeatureCollection | GeoJSON.Feature; borders: GeoJSON.MultiLineString }

let atlas: Promise<Atlas> | null = null;

/** Asked for once; another try after a failure. */
export function loadAtlas(): Promise<Atlas> {
    atlas ??= fetch('/atlas.json', { credentials: 'same-origin' }).then(async (response) => {
        if (!response.ok) throw new Error(`The atlas does not come: the server answered ${response.status}.`);
        const world = await response.json() as Topology<{ countries: GeometryCollection; land: GeometryObject }>;
        return { land: feature(world, world.objects.land), borders: mesh(world, world.objects.countries, (a, b) => a !== b) };
    }).catch((error: unknown) => {
        atlas = null;
        throw error;
    });
    return atlas;
}

/** The world in a frame: as wide as it is, and at least as high as the frame where that is upright, so that it can be panned. */
export function projectionFor(width: number, height: number): GeoProjection {
    const projection = geoNaturalEarth1().fitExtent([[4, 4], [width - 4, height - 4]], { type: 'Sphere' });
    const byHeight = geoNaturalEarth1().fitHeight(height - 8, { type: 'Sphere' });
    if (width < 520) projection.scale(Math.min(byHeight.scale(), projection.scale() * 1.8)).translate([width / 2, height / 2]);
    return projection;
}

/** Outlines for a zoom: points that would lie less than half a pixel from the last one are left out. */
export function outlines({ land, borders }: Atlas, projection: GeoProjection, zoom: number): { sea: string; land: string; borders: string } {
    const near = 0.5 / zoom;
    const digits = zoom > 6 ? 3 : 2;
    const thin = {
        stream(sink: { point(x: number, y: number): void; lineStart(): void; lineEnd(): void; polygonStart(): void; polygonEnd(): void; sphere?(): void }) {
            let lastX = NaN;
            let lastY = NaN;
            let keptX = NaN;
            let keptY = NaN;
            const inner = projection.stream({
                point(x: number, y: number) {
                    lastX = x;
                    lastY = y;
                    if (Math.abs(x - keptX) < near && Math.abs(y - keptY) < near) return;
                    keptX = x;
                    keptY = y;
                    sink.point(x, y);
                },
                lineStart() { keptX = keptY = NaN; sink.lineStart(); },
                lineEnd() { if (lastX !== keptX || lastY !== keptY) sink.point(lastX, lastY); sink.lineEnd(); },
                polygonStart() { sink.polygonStart(); },
                polygonEnd() { sink.polygonEnd(); },
            });
            return inner;
        },
    };
    const path = geoPath(thin as never).digits(digits);
    return { sea: geoPath(projection).digits(1)({ type: 'Sphere' }) ?? '', land: path(land) ?? '', borders: path(borders) ?? '' };
}
