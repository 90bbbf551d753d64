threads 1, ENV.fetch("RAILS_MAX_THREADS") { 5 }.to_i
port ENV.fetch("PORT") { 3000 }
