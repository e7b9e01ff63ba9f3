import type { LanguageCode } from '../../../database/localised-text.ts';
import type { WorkerFunction } from '../employer-group.entity.ts';

/** Functions as a person reads them. */
export const FUNCTION_LABELS: Readonly<Record<WorkerFunction, Readonly<Record<LanguageCode, string>>>> = {
  ACCOUNTANT: { fr: 'Comptable', nl: 'Boekhouder', de: 'Buchhalter', en: 'Accountant' },
  PREVENTION_ADVISER: {
    fr: 'Conseiller en prévention',
    nl: 'Preventieadviseur',
    de: 'Präventionsberater',
    en: 'Prevention adviser',
  },
  ENERGY_ADVISER: {
    fr: 'Conseiller en énergie',
    nl: 'Energieadviseur',
    de: 'Energieberater',
    en: 'Energy adviser',
  },
  DPO: {
    fr: 'Délégué à la protection des données',
    nl: 'Functionaris voor gegevensbescherming',
    de: 'Datenschutzbeauftragter',
    en: 'Data protection officer',
  },
  LAWYER: { fr: 'Juriste', nl: 'Jurist', de: 'Jurist', en: 'Lawyer' },
  ASSISTANT_ACCOUNTANT: {
    fr: 'Aide-comptable',
    nl: 'Hulpboekhouder',
    de: 'Hilfsbuchhalter',
    en: 'Assistant accountant',
  },
  GRAPHIC_DESIGNER: { fr: 'Infographiste', nl: 'Grafisch vormgever', de: 'Grafiker', en: 'Graphic designer' },
  SECRETARY: { fr: 'Secrétaire', nl: 'Secretariaatsmedewerker', de: 'Sekretär', en: 'Secretary' },
  BUILDING_MANAGER: {
    fr: 'Gestionnaire de bâtiment',
    nl: 'Gebouwbeheerder',
    de: 'Gebäudeverwalter',
    en: 'Building manager',
  },
  ACTIVITY_LEADER: { fr: 'Animateur', nl: 'Animator', de: 'Animateur', en: 'Activity leader' },
  CLEANER: { fr: 'Technicien de surface', nl: 'Schoonmaker', de: 'Reinigungskraft', en: 'Cleaner' },
  MANUAL_WORKER: { fr: 'Ouvrier', nl: 'Arbeider', de: 'Arbeiter', en: 'Manual worker' },
  OTHER: { fr: 'Autre fonction', nl: 'Andere functie', de: 'Andere Funktion', en: 'Other function' },
};
