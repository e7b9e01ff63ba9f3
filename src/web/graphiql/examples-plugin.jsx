import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { examples } from './examples.js';

const picked = pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor', 'headerEditor');

/** Examples without variables leave that editor empty, which GraphiQL keeps as an empty text or as null. */
const isOpenIn = (example, tab) =>
  tab?.query?.trim() === example.query && (tab.variables ?? '').trim() === example.variables;

function Examples() {
  const { addTab, changeTab, stop } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor, headerEditor } = useGraphiQL(picked);
  const isReady = Boolean(queryEditor && variableEditor);

  function open(example) {
    const index = tabs.findIndex((tab) => isOpenIn(example, tab));
    if (index >= 0) {
      // The untouched example is open already: show it rather than a copy of it.
      if (index !== activeTabIndex) changeTab(index);
    } else {
      // A new tab starts without headers; a pasted token should not have to be pasted again.
      const headers = headerEditor?.getValue() ?? '';
      // An answer still under way would land in the new tab.
      stop();
      addTab();
      queryEditor.setValue(example.query);
      variableEditor.setValue(example.variables);
      headerEditor?.setValue(headers);
    }
    // Ctrl-Enter then runs it at once.
    queryEditor.focus();
  }

  return (
    <section className="examples" aria-label="Examples">
      <h2 className="examples-title">Examples</h2>
      {examples.length === 0 && (
        <p className="examples-none">
          No saved operations yet: files in <code>schema/operations</code> appear here.
        </p>
      )}
      <ul className="examples-list">
        {examples.map((example) => (
          <li key={example.file}>
            <button
              type="button"
              className="example"
              disabled={!isReady}
              aria-current={isOpenIn(example, tabs[activeTabIndex]) || undefined}
              onClick={() => open(example)}
            >
              <span className="example-title">
                {example.title}
                {example.kind !== 'query' && <span className="example-kind">{example.kind}</span>}
              </span>
              {example.description && <span className="example-description">{example.description}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

// GraphiQL names the button and hides the icon from readers.
function ExamplesIcon(props) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      {...props}
    >
      <path d="M3.5 5.5h17M3.5 12H10M3.5 18.5H10" />
      <path d="m14.5 11 6 4.25-6 4.25z" strokeLinejoin="round" />
    </svg>
  );
}

export const EXAMPLES_PLUGIN = { title: 'Examples', icon: ExamplesIcon, content: Examples };
