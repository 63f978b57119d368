import { mount } from 'svelte';
import App from './pdr-ua.svelte';
mount(App, { target: document.body });
