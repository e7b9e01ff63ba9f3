import type { ReadContext } from '../read/index.ts';
import type { Language } from './language.ts';

/** What every resolver may know of a request. */
export interface HubContext extends ReadContext {
  /** Language of texts where a field asks for none: from Accept-Language. */
  language: Language;
}
