//! The code of the book. Pages include the parts between `ANCHOR` and `ANCHOR_END`.

// ANCHOR: include
/// The API of `documents/albums.yaml`.
pub mod albums {
    include!(concat!(env!("OUT_DIR"), "/albums.rs"));
}
// ANCHOR_END: include

/// The API of `documents/oauth.yaml`.
pub mod oauth {
    include!(concat!(env!("OUT_DIR"), "/oauth.rs"));
}

/// The API of `documents/pagination.yaml`.
pub mod pagination {
    include!(concat!(env!("OUT_DIR"), "/pagination.rs"));
}

/// The API of `documents/streams.yaml`.
pub mod streams {
    include!(concat!(env!("OUT_DIR"), "/streams.rs"));
}

/// The API of `documents/uploads.yaml`.
pub mod uploads {
    include!(concat!(env!("OUT_DIR"), "/uploads.rs"));
}

/// The API of `documents/webhooks.yaml`.
pub mod webhooks {
    include!(concat!(env!("OUT_DIR"), "/webhooks.rs"));
}

pub mod building;
pub mod errors;
pub mod logins;
pub mod notifications;
pub mod paging;
pub mod retrying;
pub mod sending_files;
pub mod streaming;
#[cfg(test)]
mod testing;
