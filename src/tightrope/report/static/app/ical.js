// Warnings as files: a table for spreadsheets, and a calendar (RFC 5545).

const HEADS = ['id', 'origin', 'severity', 'actor', 'what', 'month', 'frequency', 'low', 'high', 'runs', 'of', 'rule', 'evidence']

const cell = value => {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = /^[=+\-@\t]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A comma-separated table; a cell that a spreadsheet would take for a formula is not one. */
export const csv = warnings => [HEADS.join(','), ...warnings.map(one => HEADS.map(head => cell(head === 'evidence' ? one.evidence.join(' ') : one[head])).join(','))].join('\r\n') + '\r\n'

const escaped = text => String(text).replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r?\n/g, '\\n')

/** Lines of at most 75 bytes, folded between characters. */
function folded(line) {
  const encoder = new TextEncoder()
  const parts = []
  let part = ''
  let size = 0
  for (const character of line) {
    const bytes = encoder.encode(character).length
    if (size + bytes > (parts.length ? 74 : 75)) { parts.push(part); part = ''; size = 0 }
    part += character
    size += bytes
  }
  return [...parts, part].join('\r\n ')
}

const day = text => (text.length === 7 ? `${text}-01` : text).replaceAll('-', '')

function after(text) {
  const next = text.length === 7 ? new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 1)) : new Date(Date.parse(`${text}T00:00:00Z`) + 86_400_000)
  return next.toISOString().slice(0, 10).replaceAll('-', '')
}

/** A calendar of all-day entries: a month for what the model warns of, a day for what is on the record. */
export function ical(warnings, { name, stamp, digest }) {
  const entry = one => {
    const from = one.day ?? one.month
    const odds = one.frequency === null ? '' : `In ${Math.round(100 * one.frequency)} of 100 runs within a year; in half of those by this month. `
    return ['BEGIN:VEVENT', `UID:${one.id}.${digest.slice(0, 12)}@tightrope`, `DTSTAMP:${day(stamp)}T000000Z`,
      `DTSTART;VALUE=DATE:${day(from)}`, `DTEND;VALUE=DATE:${after(from)}`,
      `SUMMARY:${escaped(`${one.severity}: ${one.what}`)}`, `DESCRIPTION:${escaped(`${odds}Rule: ${one.rule}. Conditional scenario: frequencies describe the model.`)}`,
      `CATEGORIES:${escaped(one.severity)},${escaped(one.name)}`, 'TRANSP:TRANSPARENT', 'END:VEVENT']
  }
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tightrope//watch list//EN', `X-WR-CALNAME:${escaped(name)}`, ...warnings.flatMap(entry), 'END:VCALENDAR'].map(folded).join('\r\n') + '\r\n'
}
