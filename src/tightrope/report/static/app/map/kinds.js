// The kinds of tie: each with a colour, a dash and a width of its own, and whether it is drawn at first.

export const KINDS = {
  alliance: { title: 'Alliance', colour: '--s3', dash: '', width: 2.4, first: true },
  conflict: { title: 'Conflict', colour: '--s2', dash: '7 3', width: 2.4, first: true },
  rivalry: { title: 'Rivalry', colour: '--s2', dash: '2 3', width: 1.8, first: true },
  recognition: { title: 'Recognition', colour: '--s4', dash: '10 3 2 3', width: 1.5, first: false },
  trade: { title: 'Trade', colour: '--s1', dash: '', width: 1.2, first: true },
  minority: { title: 'Minority', colour: '--s5', dash: '4 3', width: 1.5, first: false },
  border: { title: 'Border', colour: '--soft', dash: '1 3', width: 1.3, first: false },
  space: { title: 'Space', colour: '--s4', dash: '1 2 5 2', width: 1.8, first: true },
  office: { title: 'Office', colour: '--s5', dash: '12 2 2 2 2 2', width: 1.6, first: false },
}

const SHORT = [
  [/billion US dollars of goods.*/, 'bn USD'], [/million USD a year/, 'm USD a year'], [/^percent.*/, '%'], [/share of the bloc's members.*/, 'of its members'],
]

/** A tie's number with its unit in few letters; the whole unit is in the panel and the table. */
export function amount(tie, number) {
  if (tie.value === null) return ''
  const unit = SHORT.reduce((text, [from, to]) => text.replace(from, to), tie.unit)
  if (unit === 'of its members') return `${Math.round(100 * tie.value)} % ${unit}`
  return `${number(tie.value)} ${unit.length > 18 ? `${unit.slice(0, 16)}…` : unit}`
}

/** Trade is drawn the wider the more there is of it. */
export function width(tie, most) {
  const usual = KINDS[tie.kind].width
  return tie.kind === 'trade' && tie.value ? usual + 5 * Math.sqrt(tie.value / most) : usual
}

/** Whether something with dates was so in a month, YYYY-MM. */
export function holds({ since, until }, month) {
  return since.earliest.slice(0, 7) <= month && (until === null || until.latest.slice(0, 7) >= month)
}
