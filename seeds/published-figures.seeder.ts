import { stableId } from '../src/database/keys.ts';
import { LocalisedText } from '../src/database/localised-text.ts';
import { PublishedFigure } from '../src/metrics/metric.entity.ts';
import { MetricUnit } from '../src/metrics/metric-definition.ts';
import { authorityId } from '../src/reference/install-reference.ts';
import { populationId, serviceId } from './catalogue.ts';
import type { Demonstration } from './demonstration.ts';
import { FIGURES, type Place } from './published-figures.ts';

/** The published figures with the place where each stands; what the hub can compute names the metric. */
export function seedPublishedFigures(demonstration: Demonstration): void {
  let position = 0;
  for (const [place, table] of FIGURES) {
    const lines = table.trim().split('\n');
    for (let line = 0; line < lines.length; line += 3) {
      position += 1;
      addFigure(demonstration, place, position, lines.slice(line, line + 3) as [string, string, string]);
    }
  }
}

function addFigure(
  demonstration: Demonstration,
  place: Place,
  position: number,
  [codes, labels, words]: [string, string, string],
): void {
  const [slug = '', value = '', unit = '', metric = '-', ...narrowing] = codes.split(' ');
  const about = Object.fromEntries(narrowing.map((one) => one.split(':'))) as Partial<
    Record<'authority' | 'category' | 'population', string>
  >;
  const [fr, nl, en] = labels.split('|').map((label) => label.trim());
  if (!(unit in MetricUnit) || !en || !words) throw new Error(`The figure ${slug} is not complete`);
  demonstration.add(PublishedFigure, {
    id: stableId(`published figure:${slug}`),
    slug,
    label: LocalisedText.of({ fr, nl, en }),
    value,
    qualifier: place.qualifier,
    unit: MetricUnit[unit as keyof typeof MetricUnit],
    kind: place.kind,
    periodFrom: place.from ?? null,
    periodUntil: place.until ?? null,
    periodNote: place.note ?? null,
    document: place.document,
    heading: place.heading,
    quotedWords: words.trim(),
    service: place.service ? serviceId(place.service) : null,
    metric: metric === '-' ? null : metric,
    authority: about.authority ? authorityId(about.authority) : null,
    category: about.category ?? null,
    population: about.population ? populationId(about.population) : null,
    position,
  });
}
