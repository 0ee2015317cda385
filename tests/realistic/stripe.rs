//! What people write against Stripe's API. No type is annotated that only the compiler wanted.

use api_client::{CallError, Client, GetCustomersCustomerError, PostPaymentIntentsError};
use api_models::{
    Customer, GetCustomersParams, PlanInterval, PostChargesRequest, PostCouponsRequest, PostCustomersCustomerRequest,
    PostCustomersRequest, PostInvoiceitemsRequest, PostInvoiceitemsRequestRequired, PostInvoicesRequest,
    PostPaymentIntentsRequest, PostPlansRequest, PostPlansRequestRequired, PostProductsRequest, PostRefundsRequest,
    PostSubscriptionsRequest, PostSubscriptionsRequestItemsItem,
};

/// Registers a customer, and returns the id.
async fn register(client: &Client, email: &str) -> Result<String, Box<dyn std::error::Error>> {
    let body = PostCustomersRequest::default().with_email(email).with_metadata([("order", "1")]);
    let customer = client.post_customers().body(body).await?;
    Ok(customer.id.clone())
}

/// A customer, if there is one of this id.
async fn find(client: &Client, id: &str) -> Result<Option<Customer>, Box<dyn std::error::Error>> {
    match client.get_customers_customer(id).expand(["default_source"]).await {
        Ok(customer) => Ok(Some(customer)),
        Err(CallError::Api { error: GetCustomersCustomerError::Default(status, _), .. }) if status == 404 => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Starts a payment; declined cards have a message for the customer.
async fn pay(client: &Client, customer: &str) -> Result<String, Box<dyn std::error::Error>> {
    let body = PostPaymentIntentsRequest::new(1999, "eur").with_customer(customer).with_confirm(true);
    match client.post_payment_intents(body).await {
        Ok(intent) => Ok(intent.id.clone()),
        Err(CallError::Api { error: PostPaymentIntentsError::Default(_, body), .. }) => {
            Err(body.error.message.unwrap_or_default().into())
        }
        Err(error) => Err(error.into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().secret_header("authorization", "Bearer sk_test").build()?;

    let id = register(&client, "jane@example.com").await?;
    println!("{:?}", find(&client, &id).await?.and_then(|customer| customer.email));
    println!("{}", pay(&client, &id).await?);

    let rename = PostCustomersCustomerRequest::default().with_name("Jane Doe");
    client.post_customers_customer(&id).body(rename).await?;
    let params = GetCustomersParams { limit: Some(20), ..Default::default() };
    for customer in &client.get_customers().params(params).email("jane@example.com").await?.data {
        println!("{}", customer.id);
    }

    let charge =
        client.post_charges().body(PostChargesRequest::default().with_amount(500).with_currency("eur")).await?;
    let refund = PostRefundsRequest::default().with_charge(&charge.id).with_amount(100);
    client.post_refunds().body(refund).await?;

    let product = client.post_products(PostProductsRequest::new("Tea").with_attributes(["size", "taste"])).await?;
    println!("{}", product.id);
    let monthly = PostPlansRequestRequired { currency: "eur".into(), interval: PlanInterval::Month };
    let plan = PostPlansRequest::new(monthly).with_amount(900).with_nickname("Tea for one");
    let plan = client.post_plans(plan).await?;
    let item = PostSubscriptionsRequestItemsItem::new(&plan.id).with_quantity(1);
    let subscription = client.post_subscriptions(PostSubscriptionsRequest::new(&id).with_items([item])).await?;
    client.delete_subscriptions_subscription_exposed_id(&subscription.id).await?;

    let item = PostInvoiceitemsRequestRequired { currency: "eur".into(), customer: id.clone() };
    client.post_invoiceitems(PostInvoiceitemsRequest::new(item).with_amount(250)).await?;
    let invoice = client.post_invoices(PostInvoicesRequest::new(&id).with_auto_advance(false)).await?;
    if let Some(id) = &invoice.id {
        println!("{}", client.post_invoices_invoice_pay(id).await?.amount_paid);
    }

    let coupon = PostCouponsRequest::new("once").with_percent_off(10.0);
    println!("{}", client.post_coupons(coupon).await?.id);
    for available in &client.get_balance().await?.available {
        println!("{} {}", available.amount, available.currency);
    }
    Ok(())
}
