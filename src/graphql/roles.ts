import { registerEnumType } from 'type-graphql';
import { Role, TokenScope } from '../access/roles.ts';

registerEnumType(Role, {
  name: 'Role',
  description: 'What a principal may be to the hub, for the record that it is held for · rôle · rol.',
  valuesConfig: {
    PUBLIC: { description: 'What everybody is; never granted · public · publiek' },
    PARTNER_READER: {
      description: 'Reads the records of a partner · lecteur d’un partenaire · lezer van een partner',
    },
    PARTNER_EDITOR: {
      description:
        'Reads and writes the records of a partner, and lets its tools in · gestionnaire d’un partenaire · beheerder van een partner',
    },
    SERVICE_STAFF: {
      description:
        'Runs a shared service, and lets its tools in · personnel d’un service · medewerker van een dienst',
    },
    SUPPLIER: { description: 'Supplies a purchasing service · fournisseur · leverancier' },
    FEDERATION_ANALYST: {
      description:
        'Reads the figures of a federation · analyste d’une fédération · analist van een federatie',
    },
    FEDERATION_ADMIN: {
      description:
        'Reads and writes for a federation, and lets its people and tools in · gestionnaire d’une fédération · beheerder van een federatie',
    },
    AUTHORITY_READER: {
      description:
        'Reads for a competent authority · lecteur d’une autorité · lezer van een bevoegde entiteit',
    },
    HUB_ADMIN: { description: 'Administers the whole hub · administrateur du hub · beheerder van de hub' },
  },
});

registerEnumType(TokenScope, {
  name: 'TokenScope',
  description: 'What a token may be used for, within the roles of its client · portée · bereik.',
  valuesConfig: {
    READ: { description: 'Reads what the roles show · lecture · lezen' },
    DIRECTORY: {
      description: 'Writes partners, services, federations and their agreements · répertoire · gids',
    },
    ENROLMENTS: { description: 'Requests, activates and ends enrolments · adhésions · toetredingen' },
    USAGE: { description: 'Reports usage · relevés d’usage · gebruiksmetingen' },
    ORDERS: { description: 'Places orders, answers and follows them · commandes · bestellingen' },
    ENERGY: {
      description: 'Keeps buildings, meters, readings, visits, measures and savings · énergie · energie',
    },
    EMPLOYER_GROUP: {
      description:
        'Keeps shared workers, placements, timesheets and invoices · groupement d’employeurs · werkgeversgroepering',
    },
    ADVICE: {
      description: 'Keeps sessions, requests, mandates and tools of advisory services · conseil · advies',
    },
    ACCESS: { description: 'Manages clients, tokens, accounts and roles · accès · toegang' },
  },
});

export { Role, TokenScope };
