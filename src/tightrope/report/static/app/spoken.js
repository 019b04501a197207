// What a settled change is called for those who do not see the charts: what was moved, and what came of it.

import { number, signed } from './dom.js'
import { hundred, nameOf } from './gap.js'

/** One sentence, such as “China steps in 2.0: Russia 21 % of alignment (−3)”; empty where nothing is moved. */
export function spoken(app) {
  if (!app.moved() || !app.frame) return ''
  return `${nameOf(app)}: ${[chart(app), judgement(app.frame)].filter(Boolean).join('; ')}. ${app.frame.header.runs.toLocaleString('en')} runs.`
}

/** The first chart in sight, in its last month. */
function chart({ frame, situation, state }) {
  if (state.view !== 'outcomes' || !frame.header.fans.length) return ''
  const spec = situation.fans.find(one => one.id === frame.header.fans[0])
  return spec && `${spec.title} ${number(frame.at('means', 0))} ${spec.unit} (${signed(frame.at('gaps', 0, 0))})`
}

/** The judgement that moved most. */
function judgement(frame) {
  const size = one => Math.abs(one.gap?.mean ?? 0)
  const [most] = [...frame.header.judgements].sort((one, other) => size(other) - size(one))
  if (!most) return ''
  return size(most) ? `${most.clause}: ${hundred(most.frequency)} of 100 runs (${signed(100 * most.gap.mean)})` : 'no judgement changes'
}
