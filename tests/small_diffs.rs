//! Small changes of a document change little of the output: the files of what changed, and the lists that name it.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crategen::{Source, generate};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /pets:
    get:
      tags: [pets]
      operationId: listPets
      parameters: [{name: sort, in: query, schema: {enum: [asc, desc]}}]
      responses: {'200': {description: Pets, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
  /orders:
    get:
      tags: [orders]
      operationId: listOrders
      responses:
        '200': {description: Orders, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}
        '404': {$ref: '#/components/responses/NotFound'}
  # more paths
components:
  responses:
    NotFound:
      description: Nothing there
      content: {application/json: {schema: {type: object, required: [message], properties: {message: {type: string}}}}}
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string}
        state: {enum: [open, sent]}
        # more of orders
    Owner:
      type: object
      properties: {name: {type: string}}
    Pet:
      type: object
      required: [id]
      properties:
        id: {type: string}
        owner: {$ref: '#/components/schemas/Owner'}
        # more of pets
    # more schemas
";

/// An edit of the document: what is replaced by what, the files that change, and how many of their lines at most.
struct Edit {
    what: &'static str,
    from: &'static str,
    to: &'static str,
    files: &'static [(&'static str, usize)],
}

/// The files that contain the document, or examples and rules from all of it.
const OF_DOCUMENT: &[&str] = &["openapi.json", "mock.json", "rules.json"];

fn output(document: &str) -> BTreeMap<PathBuf, String> {
    let source = Source::text("openapi.yaml", document);
    generate(source, &e2e::config("shop")).unwrap_or_else(|report| panic!("{}", report.to_text())).files
}

/// How many lines occur in one text more often than in the other.
fn changed_lines(old: &str, new: &str) -> usize {
    let mut count: BTreeMap<&str, isize> = BTreeMap::new();
    old.lines().for_each(|line| *count.entry(line).or_default() -= 1);
    new.lines().for_each(|line| *count.entry(line).or_default() += 1);
    count.values().map(|count| count.unsigned_abs()).sum()
}

#[test]
fn an_edit_changes_only_the_files_of_what_changed() {
    let old = output(DOCUMENT);
    for edit in EDITS {
        assert_eq!(DOCUMENT.matches(edit.from).count(), 1, "{}", edit.what);
        let new = output(&DOCUMENT.replace(edit.from, edit.to));
        let paths: BTreeSet<&PathBuf> = old.keys().chain(new.keys()).collect();
        let text = |files: &'_ BTreeMap<PathBuf, String>, path: &PathBuf| files.get(path).cloned().unwrap_or_default();
        let changed: Vec<(String, usize)> = paths
            .into_iter()
            .map(|path| (path.display().to_string(), changed_lines(&text(&old, path), &text(&new, path))))
            .filter(|(path, lines)| *lines > 0 && !OF_DOCUMENT.iter().any(|file| path.ends_with(file)))
            .collect();
        let expected: BTreeMap<&str, usize> = edit.files.iter().copied().collect();
        for (path, lines) in &changed {
            let most = expected.get(path.as_str()).unwrap_or_else(|| panic!("{}: `{path}` changes", edit.what));
            assert!(lines <= most, "{}: {lines} lines of `{path}` change", edit.what);
        }
        assert_eq!(changed.len(), expected.len(), "{}: {changed:?}", edit.what);
    }
}

const EDITS: &[Edit] = &[
    Edit {
        what: "another tag starts to use a schema",
        from: "# more of orders",
        to: "pet: {$ref: '#/components/schemas/Pet'}",
        files: &[("shop-models/src/schemas/order.rs", 20), ("shop-models/src/schemas.rs", 4)],
    },
    Edit {
        what: "a schema",
        from: "# more schemas",
        to: "Toy: {type: object, properties: {name: {type: string}}}",
        files: &[
            ("shop-client/Cargo.toml", 4),
            ("shop-models/Cargo.toml", 4),
            ("shop-models/src/schemas/toy.rs", 30),
            ("shop-models/src/schemas.rs", 4),
            ("shop-server/Cargo.toml", 4),
        ],
    },
    Edit {
        what: "a property",
        from: "# more of pets",
        to: "name: {type: string}",
        files: &[("shop-models/src/schemas/pet.rs", 20)],
    },
    // An inline type that operations of another tag need as well gets a file of its own, because it is compiled with these.
    Edit {
        what: "a property with a type that is known",
        from: "# more of pets",
        to: "state: {enum: [open, sent]}",
        files: &[
            ("shop-models/src/schemas/order.rs", 20),
            ("shop-models/src/schemas/order_state.rs", 25),
            ("shop-models/src/schemas/pet.rs", 30),
            ("shop-models/src/schemas.rs", 4),
        ],
    },
    Edit {
        what: "a value",
        from: "[open, sent]",
        to: "[open, sent, lost]",
        files: &[("shop-models/src/schemas/order.rs", 3)],
    },
    Edit {
        what: "a description",
        from: "id: {type: string}\n        owner",
        to: "id: {type: string, description: Which.}\n        owner",
        files: &[("shop-models/src/schemas/pet.rs", 2)],
    },
    Edit {
        what: "a rule",
        from: "id: {type: string}\n        owner",
        to: "id: {type: string, minLength: 1}\n        owner",
        files: &[("shop-models/src/schemas/pet.rs", 12)],
    },
    Edit {
        what: "an operation",
        from: "# more paths",
        to: "/pets/{id}: {get: {tags: [pets], operationId: getPet, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'200': {description: A pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}",
        files: &[
            ("shop-client/src/by_tag/pets.rs", 60),
            ("shop-models/src/operations.rs", 8),
            ("shop-server/src/by_tag/pets.rs", 45),
            ("shop-server/src/mock.rs", 8),
            // The quick start shows the trait of this operation.
            ("shop-server/README.md", 16),
            ("shop-server/src/lib.rs", 18),
        ],
    },
    Edit {
        what: "a tag",
        from: "# more paths",
        to: "/owners: {get: {tags: [owners], operationId: listOwners, responses: {'200': {description: Owners, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Owner'}}}}}}}}",
        files: &[
            ("shop-client/Cargo.toml", 2),
            ("shop-client/README.md", 2),
            ("shop-models/README.md", 2),
            ("shop-server/README.md", 2),
            ("shop-client/src/by_tag/owners.rs", 75),
            ("shop-client/src/by_tag.rs", 2),
            ("shop-client/src/client.rs", 10),
            ("shop-client/src/lib.rs", 2),
            ("shop-models/Cargo.toml", 2),
            ("shop-models/src/operations.rs", 8),
            ("shop-models/src/schemas.rs", 4),
            ("shop-server/Cargo.toml", 2),
            ("shop-server/src/by_tag/owners.rs", 75),
            ("shop-server/src/by_tag.rs", 8),
            ("shop-server/src/lib.rs", 16),
            ("shop-server/src/mock.rs", 10),
        ],
    },
    Edit {
        what: "a documented error",
        from: "responses: {'200': {description: Pets,",
        to: "responses: {'404': {$ref: '#/components/responses/NotFound'}, '200': {description: Pets,",
        files: &[
            ("shop-client/src/by_tag/pets.rs", 10),
            ("shop-models/src/schemas.rs", 2),
            // The quick start handles an error of this operation.
            ("shop-client/README.md", 10),
            ("shop-client/src/lib.rs", 12),
            ("shop-server/src/by_tag/pets.rs", 20),
        ],
    },
];
