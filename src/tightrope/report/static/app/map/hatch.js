// Hatchings: each pole has its own, and what is disputed another that no pole has.

import { svg } from '../dom.js'

const POLES = [
  ['rotate(45)', 9, line => [line(4.5)]], ['rotate(0)', 8, dot => [dot.dot]], ['rotate(-45)', 9, line => [line(4.5)]],
  ['rotate(90)', 8, line => [line(4)]], ['rotate(0)', 9, line => [line(4.5), line.across(4.5)]],
]

/** One pattern for each bloc, and one for what is disputed; `data-turn` keeps the turn that zooming must not lose. */
export function hatches(blocs, prefix = 'hatch') {
  const poles = blocs.map((bloc, place) => pattern(`${prefix}-${bloc.id}`, `pole-${place % 5}`, ...POLES[place % 5]))
  return [...poles, pattern(`${prefix}-disputed`, 'disputed', 'rotate(45)', 5, line => [line(2.5)])]
}

function pattern(id, kind, turn, size, parts) {
  const line = x => svg('line', { x1: x, x2: x, y1: 0, y2: size })
  line.across = y => svg('line', { x1: 0, x2: size, y1: y, y2: y })
  line.dot = svg('circle', { cx: size / 2, cy: size / 2, r: 1.3 })
  const made = svg('pattern', { id, class: `map-pattern ${kind}`, width: size, height: size, patternUnits: 'userSpaceOnUse' },
    svg('rect', { class: 'under', width: size, height: size }), parts(line))
  made.dataset.turn = turn
  made.setAttribute('patternTransform', turn)
  return made
}
