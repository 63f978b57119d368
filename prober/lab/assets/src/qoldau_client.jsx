import React from 'react';
import { hydrateRoot } from 'react-dom/client';
import App from './qoldau.jsx';
hydrateRoot(document.getElementById('__next'), <App/>);
