// Shows the document of the API with Swagger UI, which sends its requests to the server of this page.
"use strict";

// The folder of this file, and the path that all operations are below.
const files = new URL(".", document.currentScript.src);
const page = document.getElementById("page");
const root = new URL(page.dataset.root, files);

// The number of operations or schemas above which they are closed at first, because it takes long to draw them.
const MANY = 100;

// The methods that have keys of their own in a path, by dialect. The document may add others.
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
const addedMethods = new Set();

function isObject(value) {
  return typeof value === "object" && value !== null;
}

// The objects among the values of a map that may be missing.
function objects(map) {
  return isObject(map) ? Object.values(map).filter(isObject) : [];
}

function paths(api) {
  return [...objects(api.paths), ...objects(api.components?.pathItems)];
}

function operations(api) {
  const isMethod = (key) => METHODS.includes(key) || addedMethods.has(key);
  return paths(api).flatMap((path) => Object.keys(path).filter(isMethod).map((key) => path[key])).filter(isObject);
}

function isLarge(api) {
  const schemas = objects(api.components?.schemas ?? api.definitions);
  return operations(api).length > MANY || schemas.length > MANY;
}

// Replaces the servers of the document by the one of this page: a page that documents a server tries out that server.
function useThisServer(api) {
  const path = root.pathname.replace(/(.)\/$/, "$1");
  if (api.swagger !== undefined) {
    api.host = root.host;
    api.basePath = path;
    api.schemes = [root.protocol.replace(":", "")];
  } else {
    api.servers = [{ url: path }];
  }
  for (const owner of [...paths(api), ...operations(api)]) {
    delete owner.servers;
    delete owner.schemes;
  }
}

// What a function returns; undefined if it fails, as it does for malformed URIs.
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

// The value that a reference leads to, if it is in the document.
function target(api, reference) {
  const [resource, path] = String(reference).split("#");
  const tokens = (path ?? "").split("/").slice(1);
  // Fewer than two keys lead to the document itself, or to all path items.
  if (resource !== "" || tokens.length < 2) {
    return undefined;
  }
  const key = (token) => (attempt(() => decodeURIComponent(token)) ?? token).replaceAll("~1", "/").replaceAll("~0", "~");
  return tokens.reduce((value, token) => value?.[key(token)], api);
}

// Puts path items where references to them are: the viewer drops what stands beside such a reference. More than 50
// references lead nowhere, or back.
function addPathItems(api) {
  for (const map of [api.paths, api.webhooks].filter(isObject)) {
    for (const path of Object.keys(map)) {
      for (let links = 0; links < 50; links += 1) {
        const { $ref, ...item } = map[path] ?? {};
        const other = $ref === undefined ? undefined : target(api, $ref);
        if (!isObject(other)) {
          break;
        }
        const [outer, inner] = [item.additionalOperations, other.additionalOperations];
        map[path] = { ...other, ...item, ...(outer || inner ? { additionalOperations: { ...inner, ...outer } } : {}) };
      }
    }
  }
}

// Moves `additionalOperations` of OpenAPI 3.2 to where the viewer looks for operations.
function addOperations(api) {
  for (const path of paths(api)) {
    for (const [method, operation] of Object.entries(path.additionalOperations ?? {})) {
      const key = method.toLowerCase();
      if (isObject(operation) && path[key] === undefined) {
        path[key] = operation;
        addedMethods.add(key);
      }
    }
    delete path.additionalOperations;
  }
}

// Lets the viewer list operations with methods that it does not know.
function listAddedMethods({ Im }) {
  const added = (all) =>
    all.entrySeq().flatMap(([path, operations]) =>
      operations.entrySeq().filter(([method]) => addedMethods.has(method)).map(([method, operation]) =>
        Im.fromJS({ path, method, operation, id: `${method}-${path}`, specPath: ["paths", path, method] })));
  const grouped = (groups, operation, tag, { tagDetails }) =>
    groups
      .updateIn([tag, "tagDetails"], (details) => details ?? tagDetails(tag))
      .updateIn([tag, "operations"], Im.List(), (operations) => operations.push(operation));
  const taggedOperations = (original, { specSelectors }) => (_state, ...rest) =>
    added(specSelectors.paths()).reduce((groups, operation) => {
      const tags = operation.getIn(["operation", "tags"]) ?? Im.List(["default"]);
      return tags.reduce((groups, tag) => grouped(groups, operation, tag, specSelectors), groups);
    }, original(...rest));
  const validOperationMethods = (original) => (_state, ...rest) => [...original(...rest), ...addedMethods];
  return { statePlugins: { spec: { wrapSelectors: { taggedOperations, validOperationMethods } } } };
}

// What the document says about obtaining a token, as Markdown.
function aboutToken(scheme) {
  const lines = [];
  if (typeof scheme.openIdConnectUrl === "string") {
    lines.push(`* OpenID Connect: ${scheme.openIdConnectUrl}`);
  }
  const flows = isObject(scheme.flows) ? Object.entries(scheme.flows) : [[scheme.flow, scheme]];
  for (const [name, flow] of flows.filter(([name, flow]) => name !== undefined && isObject(flow))) {
    lines.push(`* Flow \`${name}\``);
    for (const key of ["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl"]) {
      if (typeof flow[key] === "string") {
        lines.push(`    * \`${key}\`: ${flow[key]}`);
      }
    }
    for (const [scope, about] of Object.entries(isObject(flow.scopes) ? flow.scopes : {})) {
      lines.push(`    * Scope \`${scope}\`: ${about}`);
    }
  }
  return lines.join("\n");
}

// Lets users enter a token where the document has OAuth 2 or OpenID Connect. The page may not call the authorization
// server, which is another host.
function enterTokens(api) {
  const isOld = api.swagger !== undefined;
  const schemes = isOld ? api.securityDefinitions : api.components?.securitySchemes;
  for (const scheme of objects(schemes).filter(({ type }) => type === "oauth2" || type === "openIdConnect")) {
    const about = [scheme.description, aboutToken(scheme)];
    const entered = isOld
      ? { type: "apiKey", in: "header", name: "Authorization" }
      : { type: "http", scheme: "bearer" };
    about.push(isOld ? "Enter `Bearer`, a space and an access token." : "Enter an access token.");
    Object.keys(scheme).forEach((key) => delete scheme[key]);
    Object.assign(scheme, entered, { description: about.filter(Boolean).join("\n\n") });
  }
}

// Sends cookies as the browser does, because scripts cannot set the header. They last as long as a request takes.
function sendCookies(request) {
  const name = Object.keys(request.headers ?? {}).find((name) => name.toLowerCase() === "cookie");
  if (name !== undefined) {
    for (const cookie of String(request.headers[name]).split(/; */)) {
      document.cookie = `${cookie}; Path=${root.pathname}; Max-Age=5; SameSite=Strict`;
    }
    delete request.headers[name];
  }
  return request;
}

// Keys whose values are maps of names, and keys whose values are data, in which nothing is a reference.
const MAPS = [
  ...["properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"],
  ...["paths", "webhooks", "schemas", "responses", "parameters", "requestBodies", "headers", "links", "callbacks"],
  ...["pathItems", "mediaTypes", "content", "encoding"],
];
const DATA = ["const", "default", "enum", "example", "examples", "value"];

// The URI that a reference stands for (RFC 3986 §5).
function resolved(reference, base) {
  return attempt(() => new URL(reference, base).href);
}

// Calls `visit` with the objects of a document, the URI that references in each are relative to, and the place of each.
function eachObject(value, base, place, isMap, visit) {
  if (!isObject(value)) {
    return;
  }
  if (!isMap && !Array.isArray(value)) {
    const id = place === "" ? value.$self : value.$id;
    base = typeof id === "string" ? resolved(id, base) ?? base : base;
    visit(value, base, place);
  }
  for (const [key, inner] of Object.entries(value)) {
    if (isMap || (!DATA.includes(key) && !key.startsWith("x-"))) {
      const token = encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
      eachObject(inner, base, `${place}/${token}`, !isMap && MAPS.includes(key), visit);
    }
  }
}

// Lets references to identifiers refer to places instead: the viewer would look for identifiers on other hosts.
function referToPlaces(api) {
  const places = new Map();
  const start = new URL("openapi.json", files).href;
  eachObject(api, start, "", false, (value, base, place) => {
    const uri = base.replace(/#.*/, "");
    // Before draft 2019-09, an anchor was an `$id` that is a fragment.
    const [, anchorOfId] = /^#(.+)$/.exec(value.$id) ?? [];
    if (place === "" || (typeof value.$id === "string" && !/^(#.*)?$/.test(value.$id))) {
      places.set(uri, place);
    }
    const anchors = [value.$anchor, value.$dynamicAnchor, anchorOfId];
    for (const anchor of anchors.filter((anchor) => typeof anchor === "string")) {
      places.set(`${uri}#${anchor}`, place);
    }
  });
  eachObject(api, start, "", false, (value, base) => {
    const isPlace = typeof value.$ref !== "string" || (base === start && value.$ref.startsWith("#/"));
    const uri = (isPlace ? undefined : resolved(value.$ref, base)) ?? "";
    const [resource, fragment = ""] = uri.split("#");
    const isPath = fragment === "" || fragment.startsWith("/");
    const place = places.get(isPath ? resource : uri);
    if (place !== undefined) {
      value.$ref = `#${place}${isPath ? fragment : ""}`;
    }
  });
  eachObject(api, start, "", false, (value) => {
    delete value.$id;
    delete value.$self;
  });
}

function show(api) {
  referToPlaces(api);
  addPathItems(api);
  addOperations(api);
  useThisServer(api);
  enterTokens(api);
  document.title = api.info?.title ?? document.title;
  const ui = SwaggerUIBundle({
    spec: api,
    domNode: page,
    deepLinking: true,
    defaultModelExpandDepth: isLarge(api) ? 1 : 4,
    defaultModelsExpandDepth: isLarge(api) ? 1 : 3,
    displayRequestDuration: true,
    docExpansion: isLarge(api) ? "none" : "list",
    plugins: [listAddedMethods],
    requestInterceptor: sendCookies,
    showCommonExtensions: true,
    supportedSubmitMethods: [...METHODS, ...addedMethods],
    validatorUrl: null,
    // The link to the document.
    onComplete: () => ui.specActions.updateUrl(new URL("openapi.json", files).pathname),
  });
}

function fail(error) {
  const message = document.createElement("p");
  message.className = "failure";
  message.textContent = `The document cannot be shown: ${error.message}`;
  page.replaceChildren(message);
}

function followColorScheme(query) {
  const follow = () => document.documentElement.classList.toggle("dark-mode", query.matches);
  query.addEventListener("change", follow);
  follow();
}

async function load() {
  const response = await fetch(new URL("openapi.json", files));
  if (!response.ok) {
    throw new Error(`${response.status} ${response.statusText}`);
  }
  show(await response.json());
}

followColorScheme(matchMedia("(prefers-color-scheme: dark)"));
load().catch(fail);
