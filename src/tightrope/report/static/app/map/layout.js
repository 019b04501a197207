// Where everybody stands in the network: the focus in the middle, poles around in the direction they lie on the globe,
// deciders between them by how they lean, others outside. No chance is involved: the same input gives the same picture.

const ROUNDS = 320
const GAP = [9, 7]
// How much farther from the middle than their mean of poles deciders are drawn, so that they can be told apart.
const STRETCH = 1.5

/**
 * `nodes`: [{id, role, kind, near, bearing, leaning: {pole: share} | null, w, h}] with half widths and heights.
 * Returns Map id → {x, y, w, h}.
 */
export function layout(nodes, poles, size) {
  const middle = [size[0] / 2, size[1] / 2]
  const rim = Math.max(0, ...nodes.filter(one => one.role === 'pole').map(one => one.w))
  const reach = [size[0] / 2 - rim - 8, size[1] / 2 - 36]
  const around = spread(poles)
  const full = filling([...around.values()].map(rounded))
  const at = (angle, far) => {
    const [x, y] = rounded(angle)
    return [middle[0] + x * full[x < 0 ? 'left' : 'right'] * reach[0] * far, middle[1] - y * full[y < 0 ? 'down' : 'up'] * reach[1] * far]
  }
  const placed = new Map()
  const put = (node, [x, y], fixed = false) => placed.set(node.id, { x, y, tx: x, ty: y, fixed, w: node.w, h: node.h })
  for (const node of nodes) {
    if (node.role === 'focus') put(node, middle, true)
    else if (node.role === 'pole') put(node, at(around.get(node.id), 1), true)
  }
  for (const node of nodes.filter(one => one.role === 'decider')) put(node, leant(node, placed, middle, reach))
  for (const node of nodes.filter(one => one.role === 'other' && one.kind !== 'group')) put(node, at(node.bearing ?? 1.2, 0.82))
  for (const node of nodes.filter(one => one.role === 'entity' || one.kind === 'group')) {
    const home = placed.get(node.near) ?? { x: middle[0], y: middle[1] }
    put(node, [home.x + (home.x < middle[0] ? -18 : 18), home.y + (home.y < middle[1] ? -32 : 32)])
  }
  relax([...placed.values()], size)
  return placed
}

/** Directions on a rounded rectangle rather than a circle: corners are used as well. */
function rounded(angle) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const out = (c ** 4 + s ** 4) ** -0.25
  return [c * out, s * out]
}

/** By how much each side must be stretched for the poles to fill the room. */
function filling(points) {
  const most = (axis, sign) => 1 / Math.max(0.35, ...points.map(point => sign * point[axis]))
  return { left: most(0, -1), right: most(0, 1), up: most(1, 1), down: most(1, -1) }
}

/** Poles at their bearings, but never closer to each other than they can be told apart. */
function spread(poles) {
  const gap = 0.8 * 2 * Math.PI / Math.max(poles.length, 3)
  const sorted = [...poles].sort((one, other) => one.bearing - other.bearing || (one.id < other.id ? -1 : 1)).map(one => ({ ...one }))
  for (let round = 0; round < 200; round += 1) {
    sorted.forEach((one, place) => {
      if (sorted.length < 2) return
      const next = sorted[(place + 1) % sorted.length]
      const turn = place + 1 === sorted.length ? 2 * Math.PI : 0
      const lack = gap - (next.bearing + turn - one.bearing)
      if (lack > 0) { one.bearing -= lack / 2; next.bearing += lack / 2 }
    })
  }
  return new Map(sorted.map(one => [one.id, one.bearing]))
}

/** Between the poles: the larger the square of a share, the more it draws; own strength draws to the middle. */
function leant(node, placed, middle, reach) {
  const shares = Object.entries(node.leaning ?? {})
  const whole = shares.reduce((sum, [, share]) => sum + share * share, 0)
  if (!whole) return [middle[0] + Math.cos(node.bearing ?? 0) * reach[0] * 0.5, middle[1] - Math.sin(node.bearing ?? 0) * reach[1] * 0.5]
  const [x, y] = shares.reduce(([sx, sy], [pole, share]) => {
    const to = placed.get(pole)
    return to ? [sx + (to.x - middle[0]) * share * share / whole, sy + (to.y - middle[1]) * share * share / whole] : [sx, sy]
  }, [0, 0])
  const far = Math.max(Math.abs(x) / reach[0], Math.abs(y) / reach[1], 1e-6)
  const out = Math.min(STRETCH, 0.85 / far)
  return [middle[0] + x * out, middle[1] + y * out]
}

/** Push apart what overlaps, and draw everybody back to where they belong. */
function relax(nodes, size) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const pull = 0.05 * (1 - round / ROUNDS)
    for (const one of nodes.filter(each => !each.fixed)) {
      one.x += (one.tx - one.x) * pull
      one.y += (one.ty - one.y) * pull
    }
    for (let a = 0; a < nodes.length; a += 1) for (let b = a + 1; b < nodes.length; b += 1) part(nodes[a], nodes[b], a + b)
    for (const one of nodes.filter(each => !each.fixed)) {
      one.x = Math.max(one.w + 4, Math.min(size[0] - one.w - 4, one.x))
      one.y = Math.max(one.h + 4, Math.min(size[1] - one.h - 4, one.y))
    }
  }
}

/** Two boxes that overlap go apart the shorter way. */
function part(one, other, seed) {
  const dx = other.x - one.x || 0.01 * (seed % 2 ? 1 : -1)
  const dy = other.y - one.y || 0.01 * (seed % 3 ? 1 : -1)
  const wide = one.w + other.w + GAP[0] - Math.abs(dx)
  const high = one.h + other.h + GAP[1] - Math.abs(dy)
  if (wide <= 0 || high <= 0 || (one.fixed && other.fixed)) return
  const share = one.fixed ? [0, 1] : other.fixed ? [1, 0] : [0.5, 0.5]
  const [by, along] = high < wide ? [high * Math.sign(dy), 'y'] : [wide * Math.sign(dx), 'x']
  one[along] -= by * share[0]
  other[along] += by * share[1]
}

/** The shortest tree over some points: pairs of their places. */
export function tree(points) {
  const inside = points.length ? [0] : []
  const pairs = []
  while (inside.length < points.length) {
    let best = null
    for (const from of inside) {
      points.forEach((point, to) => {
        if (inside.includes(to)) return
        const far = Math.hypot(point.x - points[from].x, point.y - points[from].y)
        if (!best || far < best.far) best = { from, to, far }
      })
    }
    inside.push(best.to)
    pairs.push([best.from, best.to])
  }
  return pairs
}
