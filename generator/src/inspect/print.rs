//! The text of `inspect`.

use std::fmt::{self, Display, Formatter};

use super::{InspectedArgument, InspectedMember, InspectedOperation, InspectedType, Inspection, TypeKind};

/// Prints every type with its members, every operation with its arguments and responses, and every body.
impl Display for Inspection {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "types:")?;
        self.types.iter().try_for_each(|found| found.write(f, "  "))?;
        writeln!(f, "operations:")?;
        self.operations.iter().try_for_each(|found| found.write(f))?;
        writeln!(f, "bodies:")?;
        self.bodies.iter().try_for_each(|found| writeln!(f, "  {:40} {}", found.rust, found.pointer))
    }
}

/// Prints a type with its members.
impl Display for InspectedType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write(f, "")
    }
}

impl InspectedType {
    fn write(&self, f: &mut Formatter<'_>, indent: &str) -> fmt::Result {
        let kind = self.kind.as_str();
        let what = self.target.as_ref().map_or_else(|| kind.to_owned(), |target| format!("{kind} {target}"));
        writeln!(f, "{indent}{:40} {what:8} {}", self.rust, self.pointer)?;
        self.members.iter().try_for_each(|member| member.write(f, indent, self.kind))
    }
}

impl InspectedMember {
    fn write(&self, f: &mut Formatter<'_>, indent: &str, kind: TypeKind) -> fmt::Result {
        let name = match (&self.ty, kind) {
            (Some(ty), TypeKind::Union) => format!("{}({ty})", self.rust),
            (Some(ty), _) => format!("{}: {ty}", self.rust),
            (None, _) => self.rust.clone(),
        };
        let wire = self.wire.as_ref().filter(|wire| **wire != self.rust).map(|wire| format!("{wire:?}"));
        let required = self.required.then(|| "required".to_owned());
        let notes: Vec<String> = wire.into_iter().chain(required).collect();
        let line = format!("{indent}  {name:40} {}", notes.join(", "));
        writeln!(f, "{}", line.trim_end())
    }
}

impl InspectedOperation {
    fn write(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {:40} {} {}", self.rust, self.method, self.path)?;
        self.arguments.iter().try_for_each(|argument| argument.write(f))?;
        for response in &self.responses {
            let line = format!(
                "    -> {}{}",
                response.status,
                response.ty.iter().fold(String::new(), |_, ty| format!(": {ty}"))
            );
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

impl InspectedArgument {
    fn write(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = format!("{}: {}", self.rust, self.ty);
        let wire = self.wire.as_ref().filter(|wire| **wire != self.rust).map(|wire| format!(" {wire:?}"));
        let required = if self.required { ", required" } else { "" };
        writeln!(f, "    {name:40} {}{}{required}", self.place, wire.unwrap_or_default())
    }
}
