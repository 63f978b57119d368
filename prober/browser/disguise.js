// Runs before any script of the page, in every frame: mends what the protocol cannot override.
// Each original is wrapped in a Proxy, so that its name, length and "[native code]" stay as they are.
(device => {
  const answer = (holder, name, value) => {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (!property || !property.get || !property.configurable) return;
    const get = new Proxy(property.get, { apply: (real, self, given) => {
      const own = Reflect.apply(real, self, given);  // throws where the real one throws
      return typeof value === 'function' ? value(own, self) : value;
    } });
    Object.defineProperty(holder, name, { ...property, get });
  };
  const wrap = (holder, name, apply) => {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (!property || typeof property.value !== 'function') return;
    Object.defineProperty(holder, name, { ...property, value: new Proxy(property.value, { apply }) });
  };
  const here = window, proto = Navigator.prototype;

  // What a shell without a head lacks or tells of itself.
  answer(proto, 'deviceMemory', device.memory);
  answer(proto, 'hardwareConcurrency', device.cores);
  answer(proto, 'maxTouchPoints', device.touch_points);
  answer(proto, 'platform', device.platform);
  answer(proto, 'userAgent', device.agent);
  answer(proto, 'appVersion', device.agent.replace('Mozilla/', ''));
  answer(proto, 'languages', own => own.length === device.languages.length ? own : Object.freeze([...device.languages]));
  answer(proto, 'language', device.languages[0]);
  if (!here.chrome) {
    const started = Date.now() / 1000;
    const functions = {
      loadTimes() { return { requestTime: started, startLoadTime: started, commitLoadTime: started,
        finishDocumentLoadTime: 0, finishLoadTime: 0, firstPaintTime: 0, firstPaintAfterLoadTime: 0,
        navigationType: 'Other', wasFetchedViaSpdy: false, wasNpnNegotiated: false,
        npnNegotiatedProtocol: 'unknown', wasAlternateProtocolAvailable: false, connectionInfo: 'http/1.1' }; },
      csi() { return { startE: Math.round(started * 1000), onloadT: 0, pageT: performance.now(), tran: 15 }; },
    };
    const chrome = {};
    for (const name of ['loadTimes', 'csi']) {
      // A bound function prints as native code.
      Object.defineProperty(chrome, name, { value: functions[name].bind(null), enumerable: true, configurable: true, writable: true });
    }
    Object.defineProperty(here, 'chrome', { value: chrome, enumerable: true, configurable: false, writable: true });
  }
  // Nobody was asked yet: headless browsers say 'denied'.
  if (here.isSecureContext && here.Notification) {
    answer(Notification, 'permission', own => own === 'denied' ? 'default' : own);
    answer(PermissionStatus.prototype, 'state', (own, self) =>
      self.name === 'notifications' && own === 'denied' ? 'prompt' : own);
  }

  // Brands of the first document of a pop-up and of frames in processes of their own.
  if (here.NavigatorUAData) {
    const data = NavigatorUAData.prototype, hints = device.hints;
    const copy = list => list.map(entry => ({ ...entry }));
    const flat = list => list.map(entry => entry.brand + entry.version).join();
    const wrong = list => flat(list) !== flat(hints.brands);
    const low = { brands: hints.brands, mobile: hints.mobile, platform: hints.platform };
    if (navigator.userAgentData && wrong(navigator.userAgentData.brands)) {
      answer(data, 'brands', () => Object.freeze(copy(hints.brands)));
      answer(data, 'mobile', hints.mobile);
      answer(data, 'platform', hints.platform);
      wrap(data, 'toJSON', () => ({ ...low, brands: copy(hints.brands) }));
      wrap(data, 'getHighEntropyValues', async (real, self, given) => {
        const values = await Reflect.apply(real, self, given);
        const mended = { ...hints, uaFullVersion: hints.fullVersion };
        for (const key of Object.keys(values)) if (key in mended) values[key] = mended[key];
        return values;
      });
    }
  }

  // The graphics hardware: software rendering is no phone's.
  for (const context of [here.WebGLRenderingContext, here.WebGL2RenderingContext]) {
    if (!context) continue;
    wrap(context.prototype, 'getParameter', (real, self, given) => {
      const own = Reflect.apply(real, self, given);
      if (typeof own !== 'string') return own;
      return given[0] === 0x9245 ? device.gpu.vendor : given[0] === 0x9246 ? device.gpu.renderer : own;
    });
  }

  // Workers that outlive pages cannot be given the device's name (see prober/browser/context.py); in-app browsers lack them too.
  delete proto.serviceWorker;
  for (const name of ['SharedWorker', 'ServiceWorker', 'ServiceWorkerContainer', 'ServiceWorkerRegistration']) delete here[name];

  if (device.plugins && here.PluginArray && !navigator.plugins.length) {
    const viewers = ['PDF Viewer', 'Chrome PDF Viewer', 'Chromium PDF Viewer', 'Microsoft Edge PDF Viewer', 'WebKit built-in PDF'];
    const types = ['application/pdf', 'text/pdf'].map(type =>
      Object.create(MimeType.prototype, { type: { value: type }, suffixes: { value: 'pdf' }, description: { value: 'Portable Document Format' } }));
    const list = (kind, items, key) => {
      const made = Object.create(kind.prototype, { length: { value: items.length } });
      items.forEach((item, index) => {
        Object.defineProperty(made, index, { value: item, enumerable: true });
        Object.defineProperty(made, item[key], { value: item });
      });
      const find = { item: { value: index => items[index] ?? null }, namedItem: { value: name => items.find(item => item[key] === name) ?? null } };
      return Object.defineProperties(made, find);
    };
    const plugins = viewers.map(name => Object.create(Plugin.prototype, { name: { value: name }, filename: { value: 'internal-pdf-viewer' },
      description: { value: 'Portable Document Format' }, length: { value: 2 }, 0: { value: types[0] }, 1: { value: types[1] } }));
    const pluginArray = list(PluginArray, plugins, 'name'), mimeArray = list(MimeTypeArray, types, 'type');
    Object.defineProperty(pluginArray, 'refresh', { value: (() => undefined).bind(null) });
    Object.defineProperty(pluginArray, Symbol.iterator, { value: Array.prototype[Symbol.iterator].bind(plugins) });
    for (const type of types) Object.defineProperty(type, 'enabledPlugin', { value: plugins[0] });
    answer(proto, 'plugins', () => pluginArray);
    answer(proto, 'mimeTypes', () => mimeArray);
    answer(proto, 'pdfViewerEnabled', true);
  }
  if (device.screen && !device.mobile) {
    answer(Screen.prototype, 'availHeight', device.screen.height - 48);
    answer(here, 'outerHeight', device.screen.height - 48);
    answer(here, 'outerWidth', device.screen.width);
  }
})(DEVICE);
