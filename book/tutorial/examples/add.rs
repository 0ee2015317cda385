//! Writes a note, and prints all notes.

use notes_client::models::NewNote;
use notes_client::{Client, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let client = Client::builder().build()?;
    client.notes().create_note(NewNote::new("Water the plants")).await?;
    for note in client.notes().list_notes().await? {
        println!("{}: {}", note.id, note.text);
    }
    Ok(())
}
