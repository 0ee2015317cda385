//! Every invariant is violated once, in a model that is sound otherwise.

use super::check;
use crate::diag::Pointer;
use crate::ir::{
    Alternative, Analysis, Api, Body, Checks, Content, Credential, Direction, Docs, Encoding, Enum, Field, Group,
    Header, Link, LinkValue, Literal, Media, Method, Need, NextPage, OpId, Operation, Origin, Pagination, Param,
    ParamPlace, PathPart, PathTemplate, Presence, Repr, Response, Rest, Role, Rule, SchemeId, Shape, Shared, Status,
    Step, Struct, Style, Tag, Ty, TypeAnalysis, TypeDef, TypeId, Union, Value, Variant, XmlContent, XmlElement,
    XmlName, XmlObject,
};

const STRING: Ty = Ty::Scalar(crate::ir::Scalar::String);

/// The positions of the types of the sound model.
const USER: usize = 0;
const COLOR: usize = 1;
const PET: usize = 2;
const NAME: usize = 3;

fn id(index: usize) -> TypeId {
    TypeId::new(index)
}

fn field(wire: &str, ty: Ty) -> Field {
    Field {
        at: Pointer::default(),
        wire: wire.to_owned(),
        docs: Docs::default(),
        ty,
        presence: Presence::Required,
        default: None,
        example: None,
        boxed: false,
        secret: false,
        read_only: false,
        write_only: false,
        checks: Checks::default(),
    }
}

fn value(literal: Literal) -> Value {
    Value { at: Pointer::default(), literal, name: None, docs: Docs::default() }
}

fn variant(ty: Ty, tag: &str) -> Variant {
    Variant {
        at: Pointer::default(),
        hint: tag.to_owned(),
        ty,
        tags: vec![Literal::from(tag)],
        boxed: false,
        docs: Docs::default(),
        checks: Checks::default(),
    }
}

fn def(name: &str, shape: Shape) -> TypeDef {
    TypeDef {
        at: Pointer::default().push(name),
        origin: Origin::Component(name.to_owned()),
        docs: Docs::default(),
        shape,
        checks: Checks::default(),
    }
}

fn param(wire: &str, place: ParamPlace) -> Param {
    Param {
        at: Pointer::default(),
        wire: wire.to_owned(),
        place,
        encoding: Encoding::Style { style: Style::Simple, explode: false, allow_reserved: false },
        ty: STRING,
        required: place == ParamPlace::Path,
        default: None,
        example: None,
        docs: Docs::default(),
        checks: Checks::default(),
    }
}

fn header(wire: &str) -> Header {
    Header {
        at: Pointer::default(),
        wire: wire.to_owned(),
        ty: STRING,
        encoding: Encoding::of_header(false),
        required: false,
        docs: Docs::default(),
        examples: Vec::new(),
        checks: Checks::default(),
    }
}

fn content(media: Media) -> Content {
    let (at, media_type) = (Pointer::default(), "application/json".to_owned());
    Content { at, media_type, media, examples: Vec::new(), checks: Checks::default() }
}

fn operation(name: &str, tag: Option<&str>, direction: Direction) -> Operation {
    let response = Response {
        at: Pointer::default(),
        status: Status::Code(200),
        docs: Docs::default(),
        contents: vec![content(Media::Json(Ty::Named(id(USER))))],
        headers: vec![header("ETag")],
    };
    Operation {
        at: Pointer::default().push(name),
        id: name.to_owned(),
        method: Method("GET".to_owned()),
        path: PathTemplate {
            text: "/{id}".to_owned(),
            parts: vec![PathPart::Literal("/".to_owned()), PathPart::Param("id".to_owned())],
            query: Vec::new(),
        },
        server: None,
        docs: Docs::default(),
        tag: tag.map(str::to_owned),
        params: vec![param("id", ParamPlace::Path), param("page", ParamPlace::Query)],
        body: None,
        responses: vec![response],
        headers: vec![header("ETag")],
        security: Vec::new(),
        direction,
        links: Vec::new(),
        expression: None,
    }
}

/// A model that violates nothing.
fn sound() -> (Api, Analysis) {
    let mut api = Api { documented: 2, ..Api::default() };
    let fields = vec![field("name", STRING), field("pet", Ty::Named(id(PET)))];
    api.types.push(def("User", Shape::Struct(Struct { fields, ..Struct::default() })));
    let values = vec![value("red".into()), value("blue".into())];
    api.types.push(def("Color", Shape::Enum(Enum { repr: Repr::Text, values, open: true })));
    let mut owner = variant(Ty::Named(id(USER)), "owner");
    owner.boxed = true;
    let variants = vec![variant(Ty::Named(id(COLOR)), "color"), owner];
    let union = Union { tag: Tag::Property("kind".to_owned()), variants, open: false, default: Some(0) };
    api.types.push(def("Pet", Shape::Union(union)));
    api.types.push(def("Name", Shape::Alias(Ty::List(Box::new(Ty::Named(id(COLOR)).nullable())))));
    api.operations.push(operation("getUser", Some("users"), Direction::Call));
    api.operations.push(operation("userAdded", None, Direction::Webhook));
    let group = |direction, tag: Option<&str>, op| Group {
        direction,
        tag: tag.map(str::to_owned),
        segment: None,
        docs: Docs::default(),
        operations: vec![OpId::new(op)],
    };
    api.groups = vec![group(Direction::Call, Some("users"), 0), group(Direction::Webhook, None, 1)];
    let step = Step { ty: id(USER), field: 0 };
    let next = NextPage::Cursor { param: 1, from: vec![step] };
    let pagination = Pagination { items: vec![step], item: STRING, next };
    let analysis = Analysis {
        types: vec![TypeAnalysis::default(); api.types.len()],
        shared: vec![Shared { groups: vec![0, 1], unused: false }],
        pagination: vec![Some(pagination), None],
    };
    (api, analysis)
}

/// Asserts that a change of the sound model is found.
fn violated(message: &str, change: impl FnOnce(&mut Api, &mut Analysis)) {
    let (mut api, mut analysis) = sound();
    change(&mut api, &mut analysis);
    let found = check(&api, &analysis);
    assert!(found.iter().any(|violation| violation.contains(message)), "`{message}` is not among {found:#?}");
}

fn set(index: usize, shape: Shape) -> impl FnOnce(&mut Api, &mut Analysis) {
    move |api, _| api.types[id(index)].shape = shape
}

fn change_struct(change: impl FnOnce(&mut Struct)) -> impl FnOnce(&mut Api, &mut Analysis) {
    move |api, _| {
        if let Shape::Struct(shape) = &mut api.types[id(USER)].shape {
            change(shape);
        }
    }
}

fn change_enum(change: impl FnOnce(&mut Enum)) -> impl FnOnce(&mut Api, &mut Analysis) {
    move |api, _| {
        if let Shape::Enum(shape) = &mut api.types[id(COLOR)].shape {
            change(shape);
        }
    }
}

fn change_union(change: impl FnOnce(&mut Union)) -> impl FnOnce(&mut Api, &mut Analysis) {
    move |api, _| {
        if let Shape::Union(union) = &mut api.types[id(PET)].shape {
            change(union);
        }
    }
}

fn change_operation(change: impl FnOnce(&mut Operation)) -> impl FnOnce(&mut Api, &mut Analysis) {
    move |api, _| {
        if let Some(operation) = api.operations.first_mut() {
            change(operation);
        }
    }
}

fn link(target: usize, arguments: Vec<(usize, LinkValue)>) -> Link {
    let (at, docs) = (Pointer::default(), Docs::default());
    Link { at, name: "next".to_owned(), docs, target: OpId::new(target), arguments, body: None }
}

#[test]
fn a_sound_model_violates_nothing() {
    let (api, analysis) = sound();
    assert_eq!(check(&api, &analysis), Vec::<String>::new());
}

#[test]
fn ids_point_to_something() {
    violated("TypeId(9) does not exist", set(NAME, Shape::Alias(Ty::List(Box::new(Ty::Named(id(9)))))));
    violated("TypeId(9) does not exist", |api, _| api.types[id(USER)].checks.rules.push(Rule::Not(id(9))));
    violated("TypeId(9) does not exist", |api, _| {
        let owner = crate::ir::Owner::Type(id(9));
        api.types[id(USER)].origin = Origin::Inline { owner, roles: vec![Role::Item] };
    });
    violated("OpId(9) does not exist", change_operation(|operation| operation.links.push(link(9, Vec::new()))));
    violated("OpId(9) does not exist", |api, _| {
        api.groups.iter_mut().for_each(|group| group.operations.push(OpId::new(9)));
    });
    violated("SchemeId(9) does not exist", |api, _| {
        let credential = Credential { scheme: SchemeId::new(9), scopes: Vec::new() };
        api.security.push(Alternative { credentials: vec![credential] });
    });
    violated("given type 9 does not exist", set(NAME, Shape::Alias(Ty::Given(9))));
    violated("XML object 9 does not exist", |api, _| {
        api.xml.push(XmlObject {
            ty: None,
            owner: Some((9, String::new())),
            members: Vec::new(),
            rest: XmlContent::Any,
        });
    });
    violated(
        "XML object 9 does not exist",
        change_operation(|operation| {
            let element = XmlElement { name: XmlName::default(), content: XmlContent::Object(9) };
            let contents = vec![content(Media::Xml { ty: STRING, element })];
            operation.body = Some(Body { required: true, docs: Docs::default(), contents });
        }),
    );
}

#[test]
fn types_are_finite() {
    violated("an alias leads to itself", set(NAME, Shape::Alias(Ty::List(Box::new(Ty::Named(id(NAME)))))));
    violated(
        "a type contains itself without a boxed edge",
        change_union(|union| union.variants.iter_mut().for_each(|variant| variant.boxed = false)),
    );
    violated("a type contains itself without a boxed edge", set(NAME, Shape::Newtype(Ty::Named(id(NAME)))));
}

#[test]
fn types_are_well_formed() {
    let nullable = Ty::Nullable(Box::new(Ty::Nullable(Box::new(STRING))));
    violated("a nullable type allows `null` already", set(NAME, Shape::Alias(Ty::Map(Box::new(nullable)))));
    violated("two fields are called `name`", change_struct(|shape| shape.fields.push(field("name", STRING))));
    violated("the field `x` can have no value", change_struct(|shape| shape.fields.push(field("x", Ty::Never))));
    violated("the field `name` is forbidden", change_struct(|shape| shape.forbidden.push("name".to_owned())));
    violated(
        "checks for other keys",
        change_struct(|shape| {
            shape.rest = Rest::Closed;
            shape.rest_checks.rules.push(Rule::MinLength(1));
        }),
    );
    violated("an enum has no values", change_enum(|shape| shape.values.clear()));
    violated("an enum of one value is open", change_enum(|shape| shape.values.truncate(1)));
    violated("has the value `\"red\"` twice", change_enum(|shape| shape.values.push(value("red".into()))));
    violated("an enum has the value `null`", change_enum(|shape| shape.values.push(value(Literal::Null))));
    violated("of an enum is not Text", change_enum(|shape| shape.values.push(value(Literal::Bool(true)))));
    violated("of an enum is not Int", change_enum(|shape| shape.repr = Repr::Int));
}

#[test]
fn unions_are_well_formed() {
    violated("a union has too few variants", change_union(|union| union.variants.clear()));
    violated("a union with a default variant is open", change_union(|union| union.open = true));
    violated(
        "the tag `color` means two variants",
        change_union(|union| union.variants.iter_mut().for_each(|variant| variant.tags = vec![Literal::from("color")])),
    );
    violated("without a tag has values of the tag", change_union(|union| union.tag = Tag::Shape));
    violated("without a tag has a default variant", change_union(|union| union.tag = Tag::Shape));
    violated("the default variant of a union does not exist", change_union(|union| union.default = Some(2)));
}

#[test]
fn operations_are_well_formed() {
    violated(
        "two operations are called `userAdded`",
        change_operation(|operation| operation.id = "userAdded".to_owned()),
    );
    violated("`a b` is not a token", change_operation(|operation| operation.method = Method("a b".to_owned())));
    violated("that clients do not call has a tag", |api, _| {
        api.operations.iter_mut().for_each(|operation| operation.tag = Some("users".to_owned()));
    });
    let query = || param("page", ParamPlace::Query);
    violated("two parameters in Query are called `page`", change_operation(|operation| operation.params.push(query())));
    violated("but the operation begins with []", change_operation(|operation| operation.params.reverse()));
    let path = || param("other", ParamPlace::Path);
    violated("begins with [\"other\", \"id\"]", change_operation(|operation| operation.params.insert(0, path())));
    violated(
        "the path parameter `id` is not required",
        change_operation(|operation| operation.params.iter_mut().for_each(|param| param.required = false)),
    );
    violated(
        "two responses have the status Code(200)",
        change_operation(|operation| operation.responses.extend_from_within(..)),
    );
    violated(
        "Code(600) is not an HTTP status",
        change_operation(|operation| operation.responses.iter_mut().for_each(|it| it.status = Status::Code(600))),
    );
    violated("`etag` is listed twice", change_operation(|operation| operation.headers.push(header("etag"))));
    violated("`ETag` is not listed", change_operation(|operation| operation.headers.clear()));
}

#[test]
fn links_lead_to_calls() {
    let with = |link: Link| change_operation(move |operation| operation.links.push(link));
    violated("leads to an operation that clients do not call", with(link(1, Vec::new())));
    violated("gives parameter 9", with(link(0, vec![(9, LinkValue::Status)])));
    violated("uses parameter 9", with(link(0, vec![(0, LinkValue::Parameter(9))])));
}

#[test]
fn groups_are_a_partition() {
    violated("is empty", |api, _| api.groups.iter_mut().for_each(|group| group.operations.clear()));
    violated("there are two groups Call Some(\"users\")", |api, _| api.groups.extend_from_within(..1));
    violated("an operation is in 2 groups", |api, _| api.groups.extend_from_within(..1));
    violated("an operation is in 0 groups", |api, _| api.groups.truncate(1));
    violated("an operation is in the group Webhook None", |api, _| {
        api.groups.iter_mut().for_each(|group| group.operations = vec![OpId::new(0)]);
    });
    violated("is not in the order of the document", |api, _| {
        api.groups.iter_mut().for_each(|group| group.operations = vec![OpId::new(1), OpId::new(0)]);
    });
}

#[test]
fn the_analysis_belongs_to_the_model() {
    violated("the analysis has 0 types", |_, analysis| analysis.types.clear());
    violated("the analysis has 1 operations", |_, analysis| analysis.pagination.truncate(1));
    violated("Group(9) does not exist", |_, analysis| analysis[id(USER)].need = Need::Group(9));
    violated("Shared(9) does not exist", |_, analysis| analysis[id(USER)].need = Need::Shared(9));
    let shared = |groups: &[usize]| vec![Shared { groups: groups.to_vec(), unused: false }];
    violated("are not in ascending order", |_, analysis| analysis.shared = shared(&[1, 0]));
    violated("some of the groups [9] do not exist", |_, analysis| analysis.shared = shared(&[9]));
}

#[test]
fn pagination_follows_the_model() {
    let with = |param: usize, field: usize| {
        move |_: &mut Api, analysis: &mut Analysis| {
            let items = vec![Step { ty: id(USER), field }];
            let pagination = Pagination { items, item: STRING, next: NextPage::Page { param } };
            analysis.pagination = vec![Some(pagination), None];
        }
    };
    violated("pagination uses parameter 9, which is not an optional one", with(9, 0));
    violated("pagination uses parameter 0, which is not an optional one", with(0, 0));
    violated("which does not exist", with(1, 9));
}
