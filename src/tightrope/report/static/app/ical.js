// Warnings as files: a table for spreadsheets, and a calendar (RFC 5545). The same list gives the same bytes.

import { csvLine } from './csv.js'

const HEADS = ['id', 'origin', 'kind', 'severity', 'score', 'actor', 'actor_name', 'what', 'month', 'first', 'last', 'frequency', 'low', 'high', 'runs', 'total', 'rule', 'claims']

export const csv = warnings => [csvLine(HEADS), ...warnings.map(one => csvLine(HEADS.map(head => one[head])))].map(line => `${line}\r\n`).join('')

const escaped = text => String(text).replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r\n|\r|\n/g, '\\n')

const encoder = new TextEncoder()

/** Lines of at most 75 bytes, folded between characters. */
function folded(line) {
  const parts = []
  let part = ''
  let size = 0
  for (const character of line) {
    const bytes = encoder.encode(character).length
    if (size + bytes > (parts.length ? 74 : 75)) {
      parts.push(part)
      part = ''
      size = 0
    }
    part += character
    size += bytes
  }
  return [...parts, part].join('\r\n ')
}

const plain = day => day.replaceAll('-', '')

/** The day after, as an all-day entry ends before it. */
const after = day => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** From runs: the month by which it has come in half of them; of all else its own days. */
const span = one => (one.origin === 'runs' ? [`${one.month}-01`, one.last] : [one.first, one.last])

function entry(one, { stamp, case: name }) {
  const [from, to] = span(one)
  const odds = one.origin === 'runs' ? `In ${Math.round(100 * one.frequency)} of 100 runs within a year; in half of those by the end of this month. ` : ''
  return ['BEGIN:VEVENT', `UID:${name}.${one.id}@tightrope`, `DTSTAMP:${plain(stamp)}T000000Z`,
    `DTSTART;VALUE=DATE:${plain(from)}`, `DTEND;VALUE=DATE:${plain(after(to))}`,
    `SUMMARY:${escaped(`${one.severity}: ${one.actor_name}: ${one.what}`)}`,
    `DESCRIPTION:${escaped(`${odds}${one.rule} Conditional scenario: frequencies describe the model.`)}`,
    `CATEGORIES:${escaped(one.severity)},${escaped(one.kind_name)}`, 'TRANSP:TRANSPARENT', 'END:VEVENT']
}

/** A calendar of all-day entries. An entry keeps its id when the list is saved again, so that a second import replaces it. */
export function ical(warnings, about) {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tightrope//watch list//EN', 'CALSCALE:GREGORIAN', `X-WR-CALNAME:${escaped(about.name)}`,
    ...warnings.flatMap(one => entry(one, about)), 'END:VCALENDAR']
  return lines.map(line => `${folded(line)}\r\n`).join('')
}
