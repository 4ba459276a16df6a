//! What readers and machines between them are told of an answer: whether they may keep it.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{Request, StatusCode};

use crate::site::{answer, site};

fn get(address: &str, known: Option<&str>) -> Request<Body> {
    let request = Request::get(address);
    let request = known.into_iter().fold(request, |one, tag| one.header(IF_NONE_MATCH, tag));
    request.body(Body::empty()).expect("a request")
}

#[tokio::test]
async fn a_page_that_a_reader_has_is_not_made_again() {
    let state = site();
    let first = answer(&state, get("/place/QXX", None)).await;
    let tag = first.headers()[ETAG].to_str().expect("text").to_owned();
    assert_eq!(first.headers()[CACHE_CONTROL], "no-cache", "it must be asked for again");
    let again = answer(&state, get("/place/QXX", Some(&tag))).await;
    assert_eq!(
        (again.status(), again.headers()[ETAG].to_str().ok()),
        (StatusCode::NOT_MODIFIED, Some(&*tag))
    );
    let body = axum::body::to_bytes(again.into_body(), usize::MAX).await.expect("a body");
    assert!(body.is_empty());
    let other = answer(&state, get("/place/QXX", Some("W/\"of another edition\""))).await;
    assert_eq!(other.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_page_in_progress_and_a_failure_are_kept_by_nobody() {
    let state = site();
    let working = answer(&state, get("/place/QXX/outlook?edits=gp_working_hours.value%3D36%0Agp_working_hours.reason%3D%22a%22", None)).await;
    assert!(working.headers().get(ETAG).is_none(), "{:?}", working.headers());
    let missing = answer(&state, get("/nowhere", None)).await;
    assert!(missing.headers().get(ETAG).is_none());
}
