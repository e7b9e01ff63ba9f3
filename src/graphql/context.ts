import type { Viewer } from '../access/viewer.ts';
import type { StatementObserver } from '../read/index.ts';
import type { Language } from './language.ts';

/** What every resolver may know of a request. */
export interface HubContext {
  viewer: Viewer;
  /** Language of texts where a field asks for none: from Accept-Language. */
  language: Language;
  /** Sees every read statement of the request; tests count them. */
  observe?: StatementObserver | undefined;
}
