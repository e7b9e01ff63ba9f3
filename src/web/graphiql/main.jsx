import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { DemonstrationBar } from './demonstration-bar.jsx';
import { examples } from './examples.js';
import { EXAMPLES_PLUGIN } from './examples-plugin.jsx';
import { browserStorage, storageWithoutHeaders } from './storage.js';

const url = '/graphql';
const fetcher = createGraphiQLFetcher({
  url,
  // `wss` on an https page. Request headers go along as the connection's parameters.
  subscriptionUrl: `${window.location.origin.replace(/^http/, 'ws')}${url}`,
  enableIncrementalDelivery: false,
});

const plugins = [EXAMPLES_PLUGIN, HISTORY_PLUGIN];
const browser = browserStorage();
const storage = browser && storageWithoutHeaders(browser);

// Later visits find their own tabs and panes again.
const isFirstVisit = !storage?.getItem('graphiql:tabState');
const [first] = examples;
const firstVisit = isFirstVisit &&
  first && {
    defaultTabs: [{ query: first.query, variables: first.variables }],
    // The first tab's variables reach the editor only this way.
    initialVariables: first.variables,
    visiblePlugin: EXAMPLES_PLUGIN,
  };

createRoot(document.getElementById('page')).render(
  <>
    <DemonstrationBar url={url} />
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      storage={storage}
      shouldPersistHeaders={false}
      isHeadersEditorEnabled
      defaultEditorToolsVisibility
      {...firstVisit}
    >
      <GraphiQL.Logo>
        <span className="hub-name">mutualhub</span>
      </GraphiQL.Logo>
    </GraphiQL>
  </>,
);
