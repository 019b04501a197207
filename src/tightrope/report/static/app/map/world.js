// The world's outlines: states by code, borders, and what is disputed. Crimea is moved to Ukraine before anything is drawn.

import { geoArea, geoCentroid, geoContains } from '../vendor/d3-geo.js'
import feature from '../vendor/topojson-client/feature.js'
import mesh from '../vendor/topojson-client/mesh.js'

const BASE = new URL('..', import.meta.url)
let read = null

/** Outlines, read once: {states: Map, borders, coasts, areas, note, asOf}. */
export function world() {
  return read ??= Promise.all(['vendor/countries-110m.json', 'disputed.json'].map(fetched)).then(([topology, disputed]) => made(topology, disputed))
}

async function fetched(name) {
  const answer = await fetch(new URL(name, BASE))
  if (!answer.ok) throw new Error(`${name} could not be read: the server answered ${answer.status}`)
  return answer.json()
}

function made(topology, disputed) {
  const shapes = topology.objects.countries.geometries
  const moved = new Map()
  for (const area of disputed.areas.filter(one => one.drawn_in)) moved.set(area.shape, give(topology, shapes, area))
  const states = new Map()
  for (const shape of shapes) {
    const found = feature(topology, shape)
    states.set(shape.id ?? shape.properties.name, { ...found, main: largest(found.geometry), name: shape.properties.name })
  }
  const areas = disputed.areas.map(area => outlined(area, states, moved))
  const land = topology.objects.countries
  return {
    states, areas, note: disputed.note, asOf: disputed.as_of,
    borders: mesh(topology, land, (one, other) => one !== other),
    coasts: mesh(topology, land, (one, other) => one === other),
  }
}

/** Take the outline that holds a point from one state and give it to another; the ring itself is returned. */
function give(topology, shapes, area) {
  const [from, to] = [area.drawn_in, area.of].map(code => shapes.find(one => one.id === code))
  const rings = from.arcs.map(arcs => feature(topology, { type: 'Polygon', arcs }).geometry)
  const at = rings.findIndex(ring => geoContains(ring, area.inside))
  if (at < 0) return null
  const [arcs] = from.arcs.splice(at, 1)
  if (to.type === 'Polygon') Object.assign(to, { type: 'MultiPolygon', arcs: [to.arcs] })
  to.arcs.push(arcs)
  return rings[at]
}

function outlined(area, states, moved) {
  const own = area.shape ? moved.get(area.shape) ?? states.get(area.shape)?.geometry : null
  const geometry = own ?? { type: 'MultiPolygon', coordinates: (area.rings ?? []).map(ring => [wound([...ring, ring[0]])]) }
  return { ...area, schematic: !own, geometry, centre: geoCentroid(largest(geometry)) }
}

/** d3 takes what lies to the right of a ring's points as its inside. */
function wound(ring) {
  return geoArea({ type: 'Polygon', coordinates: [ring] }) > 2 * Math.PI ? [...ring].reverse() : ring
}

/** The largest part of a state, where its name belongs. */
function largest(geometry) {
  if (geometry.type === 'Polygon') return geometry
  const parts = geometry.coordinates.map(coordinates => ({ type: 'Polygon', coordinates }))
  return parts.reduce((best, one) => (geoArea(one) > geoArea(best) ? one : best))
}

/** The middle of a state, or of a bloc: the mean direction of its members. */
export function middle(codes, found) {
  const points = codes.map(code => found.states.get(code)).filter(Boolean).map(one => geoCentroid(one.main))
  if (points.length < 2) return points[0] ?? null
  return geoCentroid({ type: 'MultiPoint', coordinates: points })
}
