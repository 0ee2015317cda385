//! What people write against GitHub's API. No type is annotated that only the compiler wanted.

use api_client::{CallError, Client, IssuesCreateError, IssuesGetError};
use api_models::{
    Direction, GistsCreateRequest, GistsCreateRequestFilesValue, IssuesCreateCommentRequest, IssuesCreateRequest,
    IssuesListForRepoParams, IssuesUpdateRequest, PullsCreateRequest, PullsCreateRequestRequired, PullsMergeRequest,
    ReposCreateForAuthenticatedUserRequest,
};

const OWNER: &str = "rust-lang";
const REPO: &str = "rust";

/// Opens an issue with labels, and returns its number.
async fn open_issue(client: &Client, title: &str) -> Result<i64, Box<dyn std::error::Error>> {
    let body = IssuesCreateRequest::new(title).with_body("It is broken").with_labels(["bug", "help wanted"]);
    match client.issues().create(OWNER, REPO, body).await {
        Ok(issue) => Ok(issue.number),
        Err(CallError::Api { error: IssuesCreateError::Gone(error), .. }) => {
            Err(error.message.unwrap_or_else(|| "issues are disabled".to_owned()).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Closes an issue and says why.
async fn close_issue(client: &Client, number: i64) -> Result<(), Box<dyn std::error::Error>> {
    let comment = IssuesCreateCommentRequest::new("Fixed.");
    client.issues().create_comment(OWNER, REPO, number, comment).await?;
    let update = IssuesUpdateRequest::default().with_state("closed").with_assignees(["octocat"]);
    client.issues().update(OWNER, REPO, number).body(update).await?;
    Ok(())
}

/// The title of an issue, if it exists.
async fn title(client: &Client, number: i64) -> Result<Option<String>, Box<dyn std::error::Error>> {
    match client.issues().get(OWNER, REPO, number).await {
        Ok(issue) => Ok(Some(issue.title.clone())),
        Err(CallError::Api { error: IssuesGetError::NotFound(_), .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().default_header("authorization", "Bearer token").build()?;

    let number = open_issue(&client, "It is broken").await?;
    println!("{:?}", title(&client, number).await?);
    close_issue(&client, number).await?;

    let me = client.users().get_authenticated().await?;
    println!("{me:?}");
    let user = client.users().get_by_username("octocat").await?;
    println!("{user:?}");

    let params = IssuesListForRepoParams { per_page: Some(50), direction: Some(Direction::Asc), ..Default::default() };
    for issue in client.issues().list_for_repo(OWNER, REPO).params(params).labels("bug,easy").await?.iter() {
        println!("#{} {}", issue.number, issue.title);
    }

    let repo = client.repos().get(OWNER, REPO).await?;
    println!("{} has {} stars", repo.full_name, repo.stargazers_count);
    let new = ReposCreateForAuthenticatedUserRequest::new("notes").with_private(true).with_description("My notes");
    let created = client.repos().create_for_authenticated_user(new).await?;
    println!("{}", created.html_url);
    for branch in client.repos().list_branches(OWNER, REPO).protected(true).await?.iter() {
        println!("{}", branch.name);
    }
    let languages = client.repos().list_languages(OWNER, REPO).await?;
    println!("{languages:?}");

    let branches = PullsCreateRequestRequired { head: "fix".into(), base: "master".into() };
    let pull = client.pulls().create(OWNER, REPO, PullsCreateRequest::new(branches).with_title("Fix")).await?;
    let merge = PullsMergeRequest::default().with_commit_title("Fix (#1)");
    client.pulls().merge(OWNER, REPO, pull.number).body(merge).await?;

    let found = client.search().repos("language:rust stars:>1000").per_page(10).await?;
    println!("{}", found.total_count);

    let files = [("main.rs", GistsCreateRequestFilesValue::new("fn main() {}"))];
    let gist = client.gists().create(GistsCreateRequest::new(files).with_description("Smallest program")).await?;
    println!("{:?}", gist.html_url);

    let releases = client.repos().get_latest_release(OWNER, REPO).await?;
    println!("{}", releases.tag_name);
    let limit = client.rate_limit().get().await?;
    println!("{}", limit.rate.remaining);
    Ok(())
}
