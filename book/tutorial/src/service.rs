//! Notes in memory.

use std::sync::{Mutex, PoisonError};

use notes_server::models::{NewNote, Note};
use notes_server::{Api, Context, CreateNoteError, GetNoteError, ListNotesError, NotesApi};

/// The service. The id of a note is its position in the list.
#[derive(Default)]
pub struct Service {
    notes: Mutex<Vec<Note>>,
}

impl Api for Service {}

impl NotesApi for Service {
    async fn list_notes(&self, _: Context<()>) -> Result<Vec<Note>, ListNotesError> {
        Ok(self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    async fn create_note(&self, _: Context<()>, body: NewNote) -> Result<Note, CreateNoteError> {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let note = Note { id: i64::try_from(notes.len())?, text: body.text };
        notes.push(note.clone());
        Ok(note)
    }

    async fn get_note(&self, _: Context<()>, id: i64) -> Result<Note, GetNoteError> {
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let found = notes.iter().find(|note| note.id == id);
        found.cloned().ok_or_else(GetNoteError::not_found)
    }
}
