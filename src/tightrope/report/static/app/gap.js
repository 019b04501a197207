// Shares and differences in words.

import { number, signed, signedAlike } from './dom.js'

/** How a difference from the baseline's same runs is told: “Δ +4.0 points (+3.1 to +5.0)”; of a preview without a verdict. */
export function difference(gap, unit, final = true) {
  if (gap.every(value => value === 0)) return 'no run differs'
  const [middle, from, to] = signedAlike(...gap)
  return `Δ\u00a0${middle}${unit ? ` ${unit}` : ''} (${from} to ${to})${verdict(gap, final)}`
}

/** The same without its interval. */
export const briefly = (gap, final = true) => `Δ\u00a0${signed(gap[0])}${verdict(gap, final)}`

const verdict = (gap, final) => (final && !certain(gap) ? ', within chance' : '')

/** Whether a difference is more than chance alone may make, and not nothing to the eye. */
export const certain = ([mean, low, high]) => !(low <= 0 && high >= 0) && signed(mean) !== '0'

/** The difference of a judgement, of 100 runs, with its interval; nothing where not one run differs. */
export const judged = ({ gap }) => (gap ? [100 * gap.mean, 100 * gap.low, 100 * gap.high] : [0, 0, 0])

/** Of how many runs numbers are while all runs are still to come; empty once they are in. */
export const soFar = ({ header }) => (header.final ? '' : `first ${header.runs.toLocaleString('en')} runs`)

/** The last month of the runs at hand, in words; they may look ahead less far than the case, or farther. */
export const lastMonth = ({ frame, situation }) => situation.months[frame.header.months - 1] ?? `the end of ${frame.header.months} months`

/** The unit of a difference: shares differ by points, indices by nothing but themselves. */
export function unitOf(spec) {
  if (spec.unit.startsWith('%') || spec.unit.endsWith('%')) return 'points'
  return /^\d/.test(spec.unit) ? '' : spec.unit
}

/** So many of 100 runs, without claiming that what is rare never is. */
export function hundred(share) {
  if (share > 0 && share < 0.005) return 'fewer than 1'
  if (share > 0.995 && share < 1) return 'more than 99'
  return String(Math.round(100 * share))
}

/** What is moved beside the case as it is, in a few words: the name that a pinned scenario gets. */
export function nameOf({ state, situation, leverName }) {
  const preset = state.base && (situation.presets.find(one => one.id === state.base)?.name ?? state.base)
  const levers = Object.entries(state.levers).map(([id, value]) => `${leverName(id)} ${number(value)}`)
  return [preset, ...levers].filter(Boolean).join(', ') || 'The case as it is'
}

/** A name for files and addresses from what somebody wrote. */
export const slug = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  .replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '')
