//! The table of kinds of changes.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {
        /// The kind of a change. Its text does not change between versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ChangeKind { $($(#[$doc])+ $name,)+ }

        impl ChangeKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Returns the text that is printed, such as `field-removed`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

kinds! {
    // crates
    /// The crates have another name.
    CrateRenamed = "crate-renamed",
    /// The crates have a new feature, because of a new tag.
    FeatureAdded = "feature-added",
    /// The crates lack a feature, because a tag is gone.
    FeatureRemoved = "feature-removed",
    // types
    /// There is a new type.
    TypeAdded = "type-added",
    /// A type is gone.
    TypeRemoved = "type-removed",
    /// A struct became an enum, or the like.
    TypeKindChanged = "type-kind-changed",
    /// An alias or a newtype stands for another type.
    TargetChanged = "target-changed",
    /// A struct has a new field.
    FieldAdded = "field-added",
    /// A field is gone.
    FieldRemoved = "field-removed",
    /// A field has another type.
    FieldTypeChanged = "field-type-changed",
    /// An enum has a new variant.
    VariantAdded = "variant-added",
    /// A variant is gone.
    VariantRemoved = "variant-removed",
    /// A variant holds another type.
    VariantTypeChanged = "variant-type-changed",
    /// A struct has a function `new`, because it has required properties.
    NewAdded = "new-added",
    /// A struct has no function `new` any more, because it has no required properties.
    NewRemoved = "new-removed",
    /// `new` takes other arguments.
    NewArgumentsChanged = "new-arguments-changed",
    /// The arguments of `new` changed places.
    NewArgumentsReordered = "new-arguments-reordered",
    /// A type implements another trait.
    TraitAdded = "trait-added",
    /// A type lacks a trait that it implemented.
    TraitRemoved = "trait-removed",
    // operations
    /// There is a new operation.
    OperationAdded = "operation-added",
    /// An operation is gone.
    OperationRemoved = "operation-removed",
    /// An operation has another method or path.
    OperationMoved = "operation-moved",
    /// The trait of a server has a new required method.
    HandlerAdded = "handler-added",
    /// The method of an operation has another name.
    MethodRenamed = "method-renamed",
    /// The method of an operation is in another group, because its first tag changed.
    MethodMoved = "method-moved",
    /// A method takes other arguments.
    ArgumentsChanged = "arguments-changed",
    /// The arguments of a method changed places.
    ArgumentsReordered = "arguments-reordered",
    /// A call has a new setter.
    SetterAdded = "setter-added",
    /// A setter of a call is gone.
    SetterRemoved = "setter-removed",
    /// A setter of a call takes another type.
    SetterTypeChanged = "setter-type-changed",
    /// A method returns another type.
    OutputChanged = "output-changed",
    /// The headers of a call's response have another type.
    HeadersChanged = "headers-changed",
    /// An error enum has a new variant.
    ErrorAdded = "error-added",
    /// An error enum lost a variant.
    ErrorRemoved = "error-removed",
    /// A variant of an error enum holds another type.
    ErrorTypeChanged = "error-type-changed",
    /// A call can be fetched page by page.
    PagesAdded = "pages-added",
    /// A call cannot be fetched page by page any more.
    PagesRemoved = "pages-removed",
    /// A response leads to another call.
    LinkAdded = "link-added",
    /// A response does not lead to another call any more.
    LinkRemoved = "link-removed",
    // security
    /// There is a new security scheme or combination of schemes.
    CredentialAdded = "credential-added",
    /// A security scheme or combination of schemes is gone.
    CredentialRemoved = "credential-removed",
    /// A credential is sent in another way.
    CredentialChanged = "credential-changed",
    /// The handler of an operation gets a principal, or none any more.
    PrincipalChanged = "principal-changed",
    /// An operation refuses credentials that it accepted.
    SecurityTightened = "security-tightened",
    /// An operation accepts further credentials.
    SecurityLoosened = "security-loosened",
    /// There is a further way to obtain an access token.
    FlowAdded = "flow-added",
    /// A way to obtain an access token is gone.
    FlowRemoved = "flow-removed",
    // the wire
    /// An object may have a new property.
    PropertyAdded = "property-added",
    /// An object does not have a property any more.
    PropertyRemoved = "property-removed",
    /// An optional property is required.
    PropertyRequired = "property-required",
    /// A required property is optional.
    PropertyOptional = "property-optional",
    /// `null` is a value.
    NullAllowed = "null-allowed",
    /// `null` is not a value any more.
    NullForbidden = "null-forbidden",
    /// Values have another JSON type or format.
    ValueTypeChanged = "value-type-changed",
    /// Values of further types or formats are allowed.
    ValueTypeWidened = "value-type-widened",
    /// Values of fewer types or formats are allowed.
    ValueTypeNarrowed = "value-type-narrowed",
    /// A list of values has a new one.
    ValueAdded = "value-added",
    /// A list of values lost one.
    ValueRemoved = "value-removed",
    /// A union has a new branch.
    BranchAdded = "branch-added",
    /// A union lost a branch.
    BranchRemoved = "branch-removed",
    /// The branches of a union are told apart in another way.
    DiscriminatorChanged = "discriminator-changed",
    /// An object must not have unknown properties any more.
    ObjectClosed = "object-closed",
    /// An object may have unknown properties.
    ObjectOpened = "object-opened",
    /// There is a new rule.
    RuleAdded = "rule-added",
    /// A rule is gone.
    RuleRemoved = "rule-removed",
    /// A rule is stricter.
    RuleTightened = "rule-tightened",
    /// A rule is looser.
    RuleLoosened = "rule-loosened",
    /// A rule allows other values.
    RuleChanged = "rule-changed",
    /// An absent value means something else.
    DefaultChanged = "default-changed",
    /// An operation has a new parameter.
    ParameterAdded = "parameter-added",
    /// A parameter is gone.
    ParameterRemoved = "parameter-removed",
    /// An optional parameter is required.
    ParameterRequired = "parameter-required",
    /// A required parameter is optional.
    ParameterOptional = "parameter-optional",
    /// A parameter, body or header is encoded in another way.
    EncodingChanged = "encoding-changed",
    /// An operation has a request body.
    BodyAdded = "body-added",
    /// An operation has no request body any more.
    BodyRemoved = "body-removed",
    /// An optional request body is required.
    BodyRequired = "body-required",
    /// A required request body is optional.
    BodyOptional = "body-optional",
    /// A body may have a new media type.
    MediaTypeAdded = "media-type-added",
    /// A body does not have a media type any more.
    MediaTypeRemoved = "media-type-removed",
    /// An operation may respond with a new status.
    StatusAdded = "status-added",
    /// An operation does not respond with a status any more.
    StatusRemoved = "status-removed",
    /// A response has a new header.
    HeaderAdded = "header-added",
    /// A response does not have a header any more.
    HeaderRemoved = "header-removed",
    /// A response always has a header.
    HeaderRequired = "header-required",
    /// A response may lack a header.
    HeaderOptional = "header-optional",
    /// The API, or a server of the client, is at another URL.
    ServerChanged = "server-changed",
    /// The client offers a new server.
    ServerAdded = "server-added",
    /// The client does not offer a server any more.
    ServerRemoved = "server-removed",
    // documentation
    /// Only the documentation changed.
    DocumentationChanged = "documentation-changed",
    /// Something is deprecated.
    Deprecated = "deprecated",
    /// Something is not deprecated any more.
    Undeprecated = "undeprecated",
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ChangeKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
