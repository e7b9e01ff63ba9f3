import { useEffect, useState } from 'react';

/** Says that the hub shows demonstration data, when it does. */
export function DemonstrationBar({ url }) {
  const [isDemonstration, setIsDemonstration] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    asksDemonstration(url, leaving.signal).then(setIsDemonstration);
    return () => leaving.abort();
  }, [url]);
  if (!isDemonstration) return null;
  return (
    <div className="demonstration-bar" role="note">
      <span>Demonstration data: synthetic, not real</span> <span aria-hidden="true">—</span>{' '}
      <span lang="fr">Données de démonstration, synthétiques</span> <span aria-hidden="true">—</span>{' '}
      <span lang="nl">Synthetische demonstratiegegevens</span>
    </div>
  );
}

async function asksDemonstration(url, signal) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: '{ viewer { isDemonstration } }' }),
      signal,
    });
    const answer = await response.json();
    return answer?.data?.viewer?.isDemonstration === true;
  } catch {
    // The hub does not answer, or has no such field: GraphiQL itself shows what is wrong.
    return false;
  }
}
