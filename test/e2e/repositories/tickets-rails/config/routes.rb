Rails.application.routes.draw do
  root "tickets#index"
  get "/up", to: proc { [200, {}, ["up"]] }
  post "/tickets/:title", to: "tickets#create"
end
